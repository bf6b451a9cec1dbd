package import HTTPTypes

/// An HTTP request as the codecs see it.
package struct WireRequest: Sendable {
    package var method: HTTPRequest.Method
    /// The path as it was sent, percent-encoded, without the query.
    package var path: String
    /// The query as it was sent, without the question mark; empty where there is none.
    package var query: String
    package var headers: HTTPFields
    package var body: Body
    /// What the host name says in front of the path, percent-encoded: `/bucket` in S3's virtual-host style.
    package var hostPath = ""
    /// The form that the body is, where it has been read up to its file.
    package var form: MultipartForm?

    /// The path of the resource that is addressed: what the host name says of it, and the path.
    package var resourcePath: String { hostPath.isEmpty ? path : hostPath + path }

    package init(
        method: HTTPRequest.Method, path: String, query: String = "", headers: HTTPFields = [:],
        body: Body = .empty
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Whether a browser asks, on behalf of a page, what the page may do.
    package var isPreflight: Bool {
        method == .options && headers[.origin] != nil && headers[.accessControlRequestMethod] != nil
    }
}

/// An HTTP response as the codecs make it.
package struct WireResponse: Sendable {
    package var status: Int
    package var headers: HTTPFields
    package var body: Body

    package init(status: Int = 200, headers: HTTPFields = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
