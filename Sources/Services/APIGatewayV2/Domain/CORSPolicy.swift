import APIGatewayV2Model
import HTTPTypes
import Wire

/// Which pages of other origins may use an API.
///
/// Source: "Configuring CORS for an HTTP API".
struct CORSPolicy: Equatable, Sendable {
    var allowsCredentials: Bool?
    var headers: [String]?
    var methods: [String]?
    var origins: [String]?
    var exposedHeaders: [String]?
    var maxAgeSeconds: Int?

    private static let allMethods: Set<String> = [
        "*", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
    ]

    /// Reads what a request gives.
    ///
    /// - Throws: `BadRequestException`.
    init(_ cors: Cors) throws {
        allowsCredentials = cors.allowCredentials
        headers = cors.allowHeaders
        methods = cors.allowMethods
        origins = cors.allowOrigins
        exposedHeaders = cors.exposeHeaders
        maxAgeSeconds = cors.maxAge
        for method in methods ?? [] where !Self.allMethods.contains(method) {
            throw APIRefusal.badRequest("Invalid allow method '\(method)'")
        }
        for origin in origins ?? [] where origin != "*" && !origin.contains("://") {
            throw APIRefusal.badRequest("Invalid allow origin '\(origin)'")
        }
        for header in (headers ?? []) + (exposedHeaders ?? [])
        where header != "*" && HTTPField.Name(header) == nil {
            throw APIRefusal.badRequest("Invalid header '\(header)'")
        }
        if allowsCredentials == true, origins?.contains("*") == true {
            throw APIRefusal.badRequest("Allow credentials is not supported for wildcard origins")
        }
    }

    /// The policy as the API shows it.
    var model: Cors {
        Cors(
            allowCredentials: allowsCredentials, allowHeaders: headers, allowMethods: methods,
            allowOrigins: origins, exposeHeaders: exposedHeaders, maxAge: maxAgeSeconds)
    }

    /// The answer to a preflight request: without these fields where the page may not.
    func preflightHeaders(for request: WireRequest) -> HTTPFields {
        guard var fields = originHeaders(for: request) else { return [:] }
        fields[.accessControlAllowMethods] = Self.list(methods)
        fields[.accessControlAllowHeaders] = Self.list(headers)
        fields[.accessControlExposeHeaders] = Self.list(exposedHeaders)
        fields[.accessControlMaxAge] = maxAgeSeconds.map(String.init)
        return fields
    }

    /// Puts the policy's fields into the answer to a page's request, in the place of those of the integration.
    func apply(to headers: inout HTTPFields, for request: WireRequest) {
        for name in Self.names { headers[name] = nil }
        guard var fields = originHeaders(for: request) else { return }
        fields[.accessControlExposeHeaders] = Self.list(exposedHeaders)
        headers.append(contentsOf: fields)
    }

    private static let names: [HTTPField.Name] = [
        .accessControlAllowCredentials, .accessControlAllowHeaders, .accessControlAllowMethods,
        .accessControlAllowOrigin, .accessControlExposeHeaders, .accessControlMaxAge,
    ]

    private func originHeaders(for request: WireRequest) -> HTTPFields? {
        guard let origin = request.headers[.origin], let allowed = allowed(origin) else {
            return nil
        }
        var fields: HTTPFields = [.accessControlAllowOrigin: allowed]
        if allowsCredentials == true { fields[.accessControlAllowCredentials] = "true" }
        return fields
    }

    private func allowed(_ origin: String) -> String? {
        for pattern in origins ?? [] {
            if pattern == "*" { return "*" }
            if pattern.lowercased() == origin.lowercased() { return origin }
            if pattern.hasSuffix("://*"),
                origin.lowercased().hasPrefix(pattern.dropLast().lowercased())
            {
                return origin
            }
        }
        return nil
    }

    private static func list(_ values: [String]?) -> String? {
        guard let values, !values.isEmpty else { return nil }
        return values.joined(separator: ",")
    }
}

// MARK: - As a row keeps it

extension CORSPolicy {
    /// Reads what `document` gave.
    init(_ document: Document) {
        allowsCredentials = document["credentials"]?.booleanValue
        headers = document["headers"]?.strings
        methods = document["methods"]?.strings
        origins = document["origins"]?.strings
        exposedHeaders = document["exposed"]?.strings
        maxAgeSeconds = document["maxAge"]?.integerValue.map { Int($0) }
    }

    /// The policy as a row keeps it.
    var document: Document {
        var members: [String: Document] = [:]
        members["credentials"] = allowsCredentials.map { .boolean($0) }
        members["headers"] = headers.map { Document($0) }
        members["methods"] = methods.map { Document($0) }
        members["origins"] = origins.map { Document($0) }
        members["exposed"] = exposedHeaders.map { Document($0) }
        members["maxAge"] = maxAgeSeconds.map { .integer(Int64($0)) }
        return .object(members)
    }
}
