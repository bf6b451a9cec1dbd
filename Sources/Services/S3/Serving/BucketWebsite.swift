import HTTPTypes
import Platform
import S3Model
import ServiceKit
import Wire

extension HostedKind {
    /// A bucket's website: `<bucket>.s3-website.<region>.localhost`.
    static let website = HostedKind("s3-website")
}

/// Serves buckets as websites: index and error documents, redirects and routing rules. Its clients are anonymous.
struct BucketWebsite: HostedSite {
    let store: S3Store

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        var visit = Visit(
            request: request, address: address,
            context: context.acting(as: .anonymous, requestID: context.requestID))
        do {
            return try await respond(&visit)
        } catch let error as AWSError where error.status != 304 {
            return page(of: error, visit)
        } catch let error as AWSError {
            return WireResponse(status: 304, headers: error.headers)
        }
    }

    /// A request on its way.
    private struct Visit {
        var request: WireRequest
        var address: HostedAddress
        var context: RequestContext
    }

    private func respond(_ visit: inout Visit) async throws -> WireResponse {
        guard [.get, .head].contains(visit.request.method) else {
            throw S3Failure.methodNotAllowed(visit.request.method.rawValue, "OBJECT")
        }
        let bucket = try await store.bucket(visit.address.id)
        guard
            let configuration: WebsiteConfiguration = try await store.setting(.website, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration", bucket.name)
        }
        let path = String(visit.address.path.dropFirst())
        guard let key = PercentEncoding.decode(path) else {
            throw AWSError("InvalidURI", "Couldn't parse the specified URI.", status: 400)
        }
        if let target = configuration.redirectAllRequestsTo {
            let scheme = target.protocol ?? visit.context.origin.scheme
            return Self.redirect(to: "\(scheme)://\(target.hostName)/\(path)", status: 301)
        }
        if let rule = WebsiteRules.rule(of: configuration, key: key, error: nil) {
            return redirect(key, by: rule, visit)
        }
        return try await document(key, of: bucket, configuration, visit)
    }

    private func document(
        _ key: String, of bucket: BucketRecord, _ configuration: WebsiteConfiguration,
        _ visit: Visit
    ) async throws -> WireResponse {
        let suffix = configuration.indexDocument?.suffix ?? "index.html"
        let isDirectory = key.isEmpty || key.hasSuffix("/")
        do {
            return try await object(isDirectory ? key + suffix : key, of: bucket, 200, visit)
        } catch let error as AWSError where error.status >= 400 {
            if error.status == 404, !isDirectory,
                (try? await object("\(key)/\(suffix)", of: bucket, 200, visit)) != nil
            {
                return Self.redirect(
                    to: "/" + PercentEncoding.encode(key, allowing: "/") + "/", status: 302)
            }
            if let rule = WebsiteRules.rule(of: configuration, key: key, error: error.status) {
                return redirect(key, by: rule, visit)
            }
            guard let document = configuration.errorDocument?.key, error.status < 500,
                let answer = try? await object(document, of: bucket, error.status, visit)
            else { throw error }
            return answer
        }
    }

    /// An object as a page.
    private func object(
        _ key: String, of bucket: BucketRecord, _ status: Int, _ visit: Visit
    ) async throws -> WireResponse {
        let headers = visit.request.headers
        var input = GetObjectRequest(bucket: bucket.name, key: key)
        if status == 200 {
            input.range = headers[.range]
            input.ifMatch = headers[.ifMatch]
            input.ifNoneMatch = headers[.ifNoneMatch]
            input.ifModifiedSince = headers[.ifModifiedSince].flatMap { .init(httpDate: $0) }
            input.ifUnmodifiedSince = headers[.ifUnmodifiedSince].flatMap { .init(httpDate: $0) }
        }
        let output = try await store.caller.call(S3API.getObject, input, in: visit.context)
        if let location = output.websiteRedirectLocation, status == 200 {
            return Self.redirect(to: location, status: 301)
        }
        let schema = S3API.getObject.schema
        var response = WireProtocol.restXML.codec.encode(
            output, of: schema, in: S3API.description.schema(), requestID: visit.context.requestID)
        if status != 200 { response.status = status }
        if visit.request.method == .head { response.body = .empty }
        return response
    }

    private func redirect(_ key: String, by rule: RoutingRule, _ visit: Visit) -> WireResponse {
        let origin = visit.context.origin
        let target = PercentEncoding.encode(WebsiteRules.key(key, by: rule), allowing: "/")
        let host = rule.redirect.hostName ?? origin.host + (origin.port.map { ":\($0)" } ?? "")
        let scheme = rule.redirect.protocol ?? origin.scheme
        return Self.redirect(
            to: "\(scheme)://\(host)/\(target)",
            status: rule.redirect.httpRedirectCode.flatMap { Int($0) } ?? 301)
    }

    private static func redirect(to location: String, status: Int) -> WireResponse {
        WireResponse(status: status, headers: [.location: location, .contentLength: "0"])
    }

    /// An error as browsers show it.
    private func page(of error: AWSError, _ visit: Visit) -> WireResponse {
        let title = "\(error.status) \(HTTPResponse.Status(code: error.status).reasonPhrase)"
        var items = ["Code: \(error.code)", "Message: \(error.message)"]
        for (name, value) in error.fields.sorted(by: { $0.key < $1.key }) {
            items.append("\(name): \(value.stringValue ?? value.jsonText)")
        }
        items.append("RequestId: \(visit.context.requestID)")
        let list = items.map { "<li>\(Self.escaped($0))</li>\n" }.joined()
        let html =
            "<html>\n<head><title>\(title)</title></head>\n<body>\n<h1>\(title)</h1>\n<ul>\n\(list)</ul>\n<hr/>\n</body>\n</html>\n"
        var headers = error.headers
        headers[.contentType] = "text/html; charset=utf-8"
        return WireResponse(
            status: error.status, headers: headers,
            body: visit.request.method == .head ? .empty : Body(text: html))
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }
}
