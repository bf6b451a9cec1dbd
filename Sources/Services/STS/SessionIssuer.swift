import Platform
import STSModel
import ServiceKit
import Wire

/// Makes temporary credentials, and opens the tokens that it made.
struct SessionIssuer: Sendable {
    private static let secretCharacters = 40

    let seals: SealStore
    let randomness: any Randomness

    /// Makes credentials of `principal`.
    func issue(
        to principal: Principal, of account: String, for seconds: Int, _ identity: SessionIdentity
    ) async throws -> Credentials {
        // AWS answers whole seconds; a session that ended later than it says would confuse.
        let session = Session(
            accessKeyID: AccessKeyID.make(
                .temporary, account: account, randomness: randomness),
            secretAccessKey: randomness.string(Self.secretCharacters, from: .base64),
            principal: principal,
            expiration: Instant(seconds: identity.issued.seconds + Int64(seconds)),
            identity: identity)
        let token = try await seals.seal().seal(
            session.document.json(), nonce: randomness.bytes(TokenSeal.nonceBytes))
        return Credentials(
            accessKeyId: session.accessKeyID, secretAccessKey: session.secretAccessKey,
            sessionToken: token, expiration: session.expiration)
    }

    /// The session that a token carries; `nil` for what is no token of ours.
    func session(in token: String) async throws -> Session? {
        guard let content = try await seals.seal().open(token),
            let document = try? Document(json: content)
        else { return nil }
        return Session(document)
    }
}
