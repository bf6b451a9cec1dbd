import HTTPTypes
import LambdaModel
import Wire

/// Which other sites' pages may use a function URL (dg/urls-configuration.html, "Cross-origin resource sharing").
struct CORSPolicy: Sendable, Equatable {
    var allowsCredentials = false
    var headers: [String] = []
    var methods: [String] = []
    var origins: [String] = []
    var exposedHeaders: [String] = []
    var maxAgeSeconds: Int?

    /// The policy that a request gives.
    ///
    /// - Throws: `InvalidParameterValueException`.
    init(_ cors: Cors) throws {
        allowsCredentials = cors.allowCredentials ?? false
        headers = cors.allowHeaders ?? []
        methods = cors.allowMethods ?? []
        origins = cors.allowOrigins ?? []
        exposedHeaders = cors.exposeHeaders ?? []
        maxAgeSeconds = cors.maxAge
        let known: Set<String> = ["*", "GET", "PUT", "HEAD", "POST", "PATCH", "DELETE"]
        guard methods.allSatisfy(known.contains) else {
            throw LambdaRefusal.invalidParameter(
                "AllowMethods can only be GET, PUT, HEAD, POST, PATCH, DELETE or *.")
        }
        guard (maxAgeSeconds ?? 0) >= 0 else {
            throw LambdaRefusal.invalidParameter("MaxAge cannot be negative.")
        }
    }

    /// The policy as the API shows it: only what was given.
    var model: Cors {
        func given(_ list: [String]) -> [String]? { list.isEmpty ? nil : list }
        return Cors(
            allowCredentials: allowsCredentials ? true : nil, allowHeaders: given(headers),
            allowMethods: given(methods), allowOrigins: given(origins),
            exposeHeaders: given(exposedHeaders), maxAge: maxAgeSeconds)
    }

    /// The answer to a preflight request: without these fields where the page may not.
    func preflightHeaders(for request: WireRequest) -> HTTPFields {
        guard let origin = allowedOrigin(of: request),
            let method = request.headers[.accessControlRequestMethod],
            methods.contains("*") || methods.contains(method)
        else { return [:] }
        var fields = common(origin)
        fields[.accessControlAllowMethods] = methods.joined(separator: ",")
        if !headers.isEmpty { fields[.accessControlAllowHeaders] = headers.joined(separator: ",") }
        fields[.accessControlMaxAge] = maxAgeSeconds.map(String.init)
        return fields
    }

    /// What the answer to a page's request says; it takes the place of what the function says.
    func responseHeaders(for request: WireRequest) -> HTTPFields {
        guard let origin = allowedOrigin(of: request) else { return [:] }
        var fields = common(origin)
        if !exposedHeaders.isEmpty {
            fields[.accessControlExposeHeaders] = exposedHeaders.joined(separator: ",")
        }
        return fields
    }

    private func common(_ origin: String) -> HTTPFields {
        var fields: HTTPFields = [.accessControlAllowOrigin: origin, .vary: "Origin"]
        if allowsCredentials { fields[.accessControlAllowCredentials] = "true" }
        return fields
    }

    /// What `Access-Control-Allow-Origin` says. Browsers take no `*` for requests with credentials.
    private func allowedOrigin(of request: WireRequest) -> String? {
        guard let origin = request.headers[.origin] else { return nil }
        if origins.contains("*") { return allowsCredentials ? origin : "*" }
        return origins.contains { $0.lowercased() == origin.lowercased() } ? origin : nil
    }
}

// MARK: - As a row keeps it

extension CORSPolicy {
    /// Reads what `document` gave.
    init(_ document: Document) {
        func list(_ key: String) -> [String] {
            guard case .array(let elements)? = document[key] else { return [] }
            return elements.compactMap(\.stringValue)
        }
        allowsCredentials = document["credentials"]?.booleanValue ?? false
        headers = list("headers")
        methods = list("methods")
        origins = list("origins")
        exposedHeaders = list("exposed")
        maxAgeSeconds = document["maxAge"]?.integerValue.map { Int($0) }
    }

    /// The policy as a row keeps it.
    var document: Document {
        func list(_ values: [String]) -> Document { .array(values.map { .string($0) }) }
        var members: [String: Document] = [
            "credentials": .boolean(allowsCredentials), "headers": list(headers),
            "methods": list(methods), "origins": list(origins), "exposed": list(exposedHeaders),
        ]
        members["maxAge"] = maxAgeSeconds.map { .integer(Int64($0)) }
        return .object(members)
    }
}
