package import Wire

/// A kind of thing that Apus hosts under a host name of its own.
package struct HostedKind: Hashable, Sendable, CustomStringConvertible {
    /// The label in host names: `lambda-url` in `<id>.lambda-url.<region>.localhost`.
    package let label: String

    package init(_ label: String) {
        self.label = label
    }

    package var description: String { label }

    /// A function's URL.
    package static let functionURL = HostedKind("lambda-url")
    /// A bucket that a browser sends a form to. It has no host name of its own.
    package static let bucketForm = HostedKind("s3-form")
    /// A stage of an API.
    package static let api = HostedKind("execute-api")
}

/// Which hosted thing a request is for.
package struct HostedAddress: Hashable, Sendable {
    package var kind: HostedKind
    /// The first label of the host name, or the identifier in the path form.
    package var id: String
    /// The region that the host name gives.
    package var region: String?
    /// The path within the hosted thing, percent-encoded as sent. For an API it begins with the stage unless the stage is `$default`.
    package var path: String
    /// What stands before `path` in the URL that the client sent, when it used a path form; empty with host names.
    package var pathPrefix: String
    /// The stage of an API where the path form names it apart.
    package var stage: String?

    package init(
        kind: HostedKind, id: String, region: String? = nil, path: String, pathPrefix: String = "",
        stage: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.region = region
        self.path = path
        self.pathPrefix = pathPrefix
        self.stage = stage
    }
}

/// A service that answers HTTP requests of its users' own clients.
package protocol HostedSite: Sendable {
    /// Answers a request. `context.principal` is anonymous where the request was not signed; whether it may pass is the site's to say.
    ///
    /// - Throws: `AWSError`, rendered as JSON `{"message": …}`.
    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse
}
