import HTTPTypes
import LambdaModel
import Logging
import NIOCore
import Platform
import ServiceKit
import Wire

/// Answers the requests that come to HTTP APIs.
struct APISite: HostedSite {
    let served: ServedAPIs
    let caller: ServiceCaller
    let clock: any Clock
    let randomness: any Randomness

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        let requestID = randomness.string(15, from: .base64) + "="
        var response: WireResponse
        if let api = try await served.api(address.id), let place = StagePlace(address, in: api) {
            response = try await respond(
                to: request, at: place, of: api, requestID: requestID, in: context)
        } else {
            response = Self.message("Not Found", status: 404)
        }
        response.headers[Self.requestIDField] = requestID
        return response
    }

    private func respond(
        to request: WireRequest, at place: StagePlace, of api: ServedAPI, requestID: String,
        in context: RequestContext
    ) async throws -> WireResponse {
        let cors = place.stage.cors
        if let cors, request.isPreflight,
            !place.stage.routes.hasOptions(for: place.path)
        {
            return WireResponse(status: 204, headers: cors.preflightHeaders(for: request))
        }
        guard
            let route = place.stage.routes.match(
                method: request.method.rawValue, path: place.path)
        else { return Self.message("Not Found", status: 404) }
        guard let body = try await Self.body(of: request) else {
            return Self.message("Request Entity Too Large", status: 413)
        }
        let proxied = ProxyRequest(
            method: request.method.rawValue, path: place.rawPath, query: request.query,
            headers: request.headers, body: body, api: api, stage: place.stage, route: route,
            requestID: requestID, context: context)
        guard try await mayPass(proxied) else { return Self.message("Forbidden", status: 403) }
        var response = await answer(proxied)
        cors?.apply(to: &response.headers, for: request)
        return response
    }

    /// The body; `nil` where it is larger than an API takes.
    private static func body(of request: WireRequest) async throws -> [UInt8]? {
        do {
            let buffer = try await request.body.collect(upTo: APIGatewayV2Limits.payloadBytes)
            return Array(buffer.readableBytesView)
        } catch let error as AWSError where error.status == 413 {
            return nil
        }
    }

    /// Whether the caller may use a route that wants signatures.
    private func mayPass(_ request: ProxyRequest) async throws -> Bool {
        guard request.route.route.isSigned else { return true }
        let context = request.context
        guard context.principal != .anonymous else { return false }
        let resource = request.api.scope.executionARN(
            "\(request.api.id)/\(request.stage.name)/\(request.method)\(request.path)")
        do {
            try await caller.authorize(
                [AccessRequest("execute-api:Invoke", on: resource.description)], in: context)
            return true
        } catch let error as AWSError where error.status == 403 {
            return false
        }
    }

    /// What the integration answers, or what is answered in its place.
    private func answer(_ request: ProxyRequest) async -> WireResponse {
        guard let integration = request.route.route.integration,
            let function = integration.function(variables: request.stage.variables)
        else { return Self.internalError }
        let is2 = integration.payloadFormat == "2.0"
        let event = (is2 ? request.event2 : request.event1).json()
        let context = invocationContext(integration, request)
        do {
            let result = try await Deadline.wait(
                .milliseconds(integration.timeoutMilliseconds), on: clock
            ) { [caller] in
                try await caller.call(
                    LambdaAPI.invoke,
                    InvocationRequest(functionName: function.description, payload: event),
                    in: context)
            }
            guard let result else { return Self.message("Service Unavailable", status: 503) }
            guard result.functionError == nil,
                let response = ProxyResponse.read(
                    result.payload ?? [], payloadFormat: integration.payloadFormat)
            else { return Self.internalError }
            return response
        } catch let error as AWSError where error.status == 413 {
            return Self.message("Request Entity Too Large", status: 413)
        } catch {
            request.context.logger.debug(
                "an API's integration failed", metadata: ["error": "\(error)"])
            return Self.internalError
        }
    }

    /// The context in which the function is invoked: in the name of the integration's role, or of
    /// API Gateway itself for this route.
    private func invocationContext(
        _ integration: IntegrationSettings, _ request: ProxyRequest
    ) -> RequestContext {
        let principal: Principal
        if let role = integration.credentialsARN.flatMap({ ARN($0) }),
            let name = role.resource.split(separator: "/").last, role.resource.hasPrefix("role/")
        {
            principal = .assumedRole(
                account: role.account, role: String(name), roleID: String(name),
                session: "BackplaneAssumeRoleSession")
        } else {
            principal = .service("apigateway.amazonaws.com")
        }
        var context = request.context.acting(
            as: principal, requestID: randomness.uuid(), for: request.sourceARN)
        context.account = request.api.scope.account
        context.region = request.api.scope.region
        return context
    }

    private static let requestIDField = HTTPField.Name("apigw-requestid")!

    private static let internalError = message("Internal Server Error", status: 500)

    private static func message(_ text: String, status: Int) -> WireResponse {
        let document: Document = ["message": .string(text)]
        return WireResponse(
            status: status, headers: [.contentType: "application/json"],
            body: Body(document.json()))
    }
}
