import HTTPTypes
import LambdaModel
import Logging
import NIOCore
import Sandbox
import ServiceKit
import Wire

/// Answers requests to function URLs.
struct FunctionURLSite: HostedSite {
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let caller: ServiceCaller

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        guard let url = try await functions.url(id: address.id) else { return Self.forbidden }
        if let cors = url.cors, request.isPreflight {
            return WireResponse(headers: cors.preflightHeaders(for: request))
        }
        var response = try await answer(request, at: address, url: url, in: context)
        for field in url.cors?.responseHeaders(for: request) ?? [:] {
            response.headers[field.name] = field.value
        }
        return response
    }

    private func answer(
        _ request: WireRequest, at address: HostedAddress, url: FunctionURL,
        in context: RequestContext
    ) async throws -> WireResponse {
        do {
            guard try await mayPass(url, in: context) else { return Self.forbidden }
            let body = try await request.body.collect(upTo: LambdaLimits.payloadBytes)
            let event = URLEvent.json(
                for: request, body: Array(body.readableBytesView),
                path: address.path.isEmpty ? "/" : address.path, url: url, in: context)
            let call = FunctionCall(
                try await functions.target(url.reference), as: url.reference, payload: event,
                randomness: invoker.randomness)
            return url.isStreamed
                ? try await stream(call, in: context) : try await invoke(call, in: context)
        } catch let error as AWSError where error.code == "TooManyRequestsException" {
            return Self.message("Rate Exceeded.", status: 429)
        } catch let error as AWSError where error.status >= 500 {
            context.logger.error(
                "a function URL's function could not be run", metadata: ["error": "\(error)"])
            return Self.badGateway
        }
    }

    /// Whether the caller may use the URL. One without signatures is open once the function's policy says so.
    private func mayPass(_ url: FunctionURL, in context: RequestContext) async throws -> Bool {
        let (key, qualifier) = (url.reference.key, url.reference.qualifier)
        guard url.isSigned else {
            let policy = try await functions.policy(key, qualifier: qualifier)
            return policy.statements.contains(where: \.opensURL)
        }
        guard context.principal != .anonymous else { return false }
        let request = AccessRequest(
            "lambda:InvokeFunctionUrl", on: url.reference.arn,
            conditionKeys: ["lambda:FunctionUrlAuthType": [url.authType]]
        ) { [functions] in
            try await functions.policy(key, qualifier: qualifier).json
        }
        do {
            try await caller.authorize([request], in: context)
            return true
        } catch let error as AWSError where error.status == 403 {
            return false
        }
    }

    private func invoke(
        _ call: FunctionCall, in context: RequestContext
    ) async throws -> WireResponse {
        Self.response(to: try await invoker.invoke(call, in: context))
    }

    private func stream(
        _ call: FunctionCall, in context: RequestContext
    ) async throws -> WireResponse {
        let (first, rest) = try await invoker.stream(call, in: context)
        switch first {
        case .end(let result):
            return Self.response(to: result)
        case .chunk(let bytes):
            return WireResponse(body: .streamed(bytes, then: rest))
        case .start(let contentType) where contentType != ResponsePrelude.contentType:
            return WireResponse(
                headers: [.contentType: contentType ?? "application/octet-stream"],
                body: .streamed([], then: rest))
        case .start:
            return try await streamAfterPrelude(rest)
        }
    }

    private func streamAfterPrelude(_ parts: PartChannel<StreamPart>) async throws -> WireResponse {
        var prelude = ResponsePrelude()
        while case .chunk(let bytes)? = try await parts.next() {
            switch prelude.add(bytes) {
            case .incomplete:
                continue
            case .complete(let metadata, let body):
                guard let head = URLResponse(prelude: metadata) else { break }
                return WireResponse(
                    status: head.status, headers: head.headers, body: .streamed(body, then: parts))
            case .malformed:
                break
            }
            break
        }
        parts.abandon()
        return Self.badGateway
    }

    private static func response(to result: InvocationResult) -> WireResponse {
        guard result.outcome == .success, let response = URLResponse(answer: result.payload) else {
            return badGateway
        }
        return WireResponse(
            status: response.status, headers: response.headers, body: Body(response.body))
    }

    private static let badGateway = WireResponse(
        status: 502, headers: [.contentType: "application/json"],
        body: Body(text: "Internal Server Error"))

    private static let forbidden = message(
        "Forbidden. For troubleshooting Function URL authorization issues, see: "
            + "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html", status: 403)

    private static func message(_ text: String, status: Int) -> WireResponse {
        let document: Document = ["Message": .string(text)]
        return WireResponse(
            status: status, headers: [.contentType: "application/json"],
            body: Body(document.json()))
    }
}
