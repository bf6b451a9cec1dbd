import HTTPTypes
import Platform
import ServiceKit
import Wire

/// The event that a request to a function URL becomes: payload format 2.0 (dg/urls-invocation.html, "Request payload format").
enum URLEvent {
    /// The event as JSON.
    ///
    /// - Parameter path: the path within the URL, as it was sent.
    static func json(
        for request: WireRequest, body: [UInt8], path: String, url: FunctionURL,
        in context: RequestContext
    ) -> [UInt8] {
        let isText = isText(request.headers[.contentType]) && isUTF8(body)
        var members: [String: Document] = [
            "version": "2.0", "routeKey": "$default", "rawPath": .string(path),
            "rawQueryString": .string(request.query),
            "headers": .object(headers(of: request, in: context)),
            "requestContext": requestContext(request, path: path, url: url, in: context),
            "isBase64Encoded": .boolean(!body.isEmpty && !isText),
        ]
        let cookies = request.headers[values: .cookie]
            .joined(separator: ";").split(separator: ";")
            .map { String($0.drop { $0 == " " }) }
        if !cookies.isEmpty { members["cookies"] = .array(cookies.map { .string($0) }) }
        let parameters = parameters(of: request.query)
        if !parameters.isEmpty { members["queryStringParameters"] = .object(parameters) }
        if !body.isEmpty {
            members["body"] = .string(
                isText ? String(decoding: body, as: UTF8.self) : Base64.encode(body))
        }
        return Document.object(members).json()
    }

    /// Names in lower case; the values of one name joined by commas. Cookies stand elsewhere.
    private static func headers(
        of request: WireRequest, in context: RequestContext
    ) -> [String: Document] {
        var headers: [String: String] = [:]
        for field in request.headers where field.name != .cookie {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { "\($0),\(field.value)" } ?? field.value
        }
        let origin = context.origin
        headers["host"] = headers["host"] ?? origin.host + (origin.port.map { ":\($0)" } ?? "")
        headers["x-forwarded-for"] = headers["x-forwarded-for"] ?? context.sourceIP
        headers["x-forwarded-proto"] = headers["x-forwarded-proto"] ?? origin.scheme
        headers["x-forwarded-port"] =
            headers["x-forwarded-port"]
            ?? "\(origin.port ?? (origin.scheme == "https" ? 443 : 80))"
        if !context.traceHeader.isEmpty { headers["x-amzn-trace-id"] = context.traceHeader }
        return headers.mapValues { .string($0) }
    }

    private static func requestContext(
        _ request: WireRequest, path: String, url: FunctionURL, in context: RequestContext
    ) -> Document {
        let domain =
            "\(url.id).\(HostedKind.functionURL.label).\(url.reference.key.region)"
            + ".\(context.origin.baseDomain)"
        var members: [String: Document] = [
            "accountId": .string(context.principal.account ?? "anonymous"),
            "apiId": .string(url.id), "domainName": .string(domain),
            "domainPrefix": .string(url.id), "requestId": .string(context.requestID),
            "routeKey": "$default", "stage": "$default",
            "time": .string(context.time.commonLogFormat),
            "timeEpoch": .integer(context.time.milliseconds),
            "http": [
                "method": .string(request.method.rawValue), "path": .string(path),
                "protocol": "HTTP/1.1", "sourceIp": .string(context.sourceIP),
                "userAgent": .string(context.userAgent),
            ],
        ]
        if url.isSigned, let account = context.principal.account {
            members["authorizer"] = [
                "iam": [
                    "accessKey": context.accessKeyID.map { .string($0) } ?? .null,
                    "accountId": .string(account), "callerId": .string(context.principal.userID),
                    "cognitoIdentity": .null, "principalOrgId": .null,
                    "userArn": .string(context.principal.arn),
                    "userId": .string(context.principal.userID),
                ]
            ]
        }
        return .object(members)
    }

    /// Decoded names and values; the values of one name joined by commas.
    private static func parameters(of query: String) -> [String: Document] {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentEncoding.decodeLeniently(parts[0], plusIsSpace: true)
            let value =
                parts.count == 2
                ? PercentEncoding.decodeLeniently(parts[1], plusIsSpace: true) : ""
            parameters[name] = parameters[name].map { "\($0),\(value)" } ?? value
        }
        return parameters.mapValues { .string($0) }
    }

    /// Whether a body of this content type stands in the event as it is. All others, forms among them, stand there in base64.
    private static func isText(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
            || ["application/json", "application/javascript", "application/xml"].contains(type)
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
