import HTTPTypes
import Platform
import ServiceKit
import Wire

/// A request that a route sends on to a function: all that its event tells, whatever the event's format.
struct ProxyRequest: Sendable {
    let method: String
    /// The path as it was sent, with the stage unless that is `$default`.
    let path: String
    let query: String
    let headers: HTTPFields
    let body: [UInt8]
    let api: ServedAPI
    let stage: ServedAPI.Stage
    let route: RouteTable.Match
    /// Answered as `apigw-requestid`.
    let requestID: String
    let context: RequestContext

    /// Whether the body stands in the event as it is; all other bodies, forms among them, stand there in base64.
    var isBodyText: Bool {
        guard headers[.contentEncoding] == nil,
            String(validating: body, as: UTF8.self) != nil
        else { return false }
        guard let contentType = headers[.contentType] else { return true }
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
            || ["application/json", "application/javascript", "application/xml"].contains(type)
    }

    /// The body as events carry it; `nil` where there is none.
    var bodyText: String? {
        guard !body.isEmpty else { return nil }
        return isBodyText ? String(decoding: body, as: UTF8.self) : Base64.encode(body)
    }

    /// The decoded names and values of the query, in their order.
    var parameters: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentEncoding.decodeLeniently(parts[0], plusIsSpace: true),
                parts.count == 2
                    ? PercentEncoding.decodeLeniently(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    /// The header fields with those that API Gateway adds, in their order.
    var fields: [(name: String, value: String)] {
        var fields = headers.map { (name: $0.name.rawName, value: $0.value) }
        let origin = context.origin
        func add(_ name: String, _ value: String) {
            let present = fields.contains { $0.name.lowercased() == name.lowercased() }
            if !present { fields.append((name, value)) }
        }
        add("Host", origin.host + (origin.port.map { ":\($0)" } ?? ""))
        add("X-Forwarded-For", context.sourceIP)
        add("X-Forwarded-Port", "\(origin.port ?? (origin.scheme == "https" ? 443 : 80))")
        add("X-Forwarded-Proto", origin.scheme)
        fields.removeAll { $0.name.lowercased() == "x-amzn-trace-id" }
        if !context.traceHeader.isEmpty { add("X-Amzn-Trace-Id", context.traceHeader) }
        return fields
    }

    /// The host name that the API has, without a port.
    var domainName: String {
        let prefix = "\(api.id).\(HostedKind.api.label)."
        if context.origin.host.hasPrefix(prefix) { return context.origin.host }
        return "\(prefix)\(api.scope.region).\(context.origin.baseDomain)"
    }

    /// The ARN of what is called, as policies name it: `arn:aws:execute-api:…:abc/dev/GET/pets/{id}`.
    var sourceARN: ARN {
        let key = route.route.key
        let method = key.method == "ANY" ? "*" : key.method
        return api.scope.executionARN(
            key.isDefault
                ? "\(api.id)/\(stage.name)/$default"
                : "\(api.id)/\(stage.name)/\(method)\(key.path)")
    }
}
