package import Platform

/// Where the gateway finds the secret of an access key.
package protocol CredentialSource: Sendable {
    /// The credential with this access key; `nil` where this source does not know it.
    ///
    /// - Parameter sessionToken: the request's `X-Amz-Security-Token`.
    /// - Throws: `CredentialFailure` where the key or its token does not count.
    func credential(accessKeyID: String, sessionToken: String?) async throws -> Credential?

    /// Notes that a key of this source signed a request.
    func noteUse(of accessKeyID: String, service: String, region: String)
}

extension CredentialSource {
    /// Does not care.
    package func noteUse(of accessKeyID: String, service: String, region: String) {}
}

/// An access key, its secret and whom it stands for.
package struct Credential: Sendable {
    package var accessKeyID: String
    package var secretAccessKey: String
    package var principal: Principal
    /// When it ends; `nil` for a key that lasts.
    package var expiration: Instant?
    /// What temporary credentials say beside who the principal is.
    package var session: SessionIdentity?

    package init(
        accessKeyID: String, secretAccessKey: String, principal: Principal,
        expiration: Instant? = nil, session: SessionIdentity? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.principal = principal
        self.expiration = expiration
        self.session = session
    }
}
