import Platform
import ServiceKit

/// Tells the gateway the secret and the principal of temporary credentials, from their session token alone.
struct SessionCredentials: CredentialSource {
    let issuer: SessionIssuer
    let clock: any Clock

    /// The credential with this access key; `nil` for keys that are not temporary.
    ///
    /// - Throws: `CredentialFailure`.
    func credential(accessKeyID: String, sessionToken: String?) async throws -> Credential? {
        guard accessKeyID.hasPrefix("ASIA") else { return nil }
        guard let sessionToken, let session = try await issuer.session(in: sessionToken),
            session.accessKeyID == accessKeyID
        else {
            throw CredentialFailure.invalid
        }
        guard clock.now < session.expiration else {
            throw CredentialFailure.expired
        }
        return Credential(
            accessKeyID: accessKeyID, secretAccessKey: session.secretAccessKey,
            principal: session.principal, expiration: session.expiration,
            session: session.identity)
    }
}
