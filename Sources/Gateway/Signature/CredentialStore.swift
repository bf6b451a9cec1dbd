import Platform
import ServiceKit

/// Finds who an access key belongs to: first among the registered keys (of IAM and STS), then by the conventions of
/// development.
///
/// In the development profile, and there only, an access key that nobody registered stands for an account:
/// - `test` with the secret `test`: the root of 000000000000, and its signature is verified.
/// - twelve digits: the root of the account of that number, so that tests run side by side.
/// - anything else: the root of 000000000000.
///
/// The latter two have no secret that Apus could know, since existing tools send any: their signature is not verified,
/// only its dates and its form. `acceptsUnregisteredKeys: false` refuses all three.
struct CredentialStore: Sendable {
    /// What is known of an access key.
    enum Known: Sendable {
        /// Its secret: the signature has to match.
        case credential(Credential)
        /// Whom it stands for, and no secret.
        case unverifiable(Principal)
    }

    static let developmentKey = "test"
    static let developmentSecret = "test"

    let sources: [any CredentialSource]
    let acceptsUnregisteredKeys: Bool

    /// Notes that a key signed a request.
    func noteUse(of claim: SignatureClaim) {
        for source in sources {
            source.noteUse(
                of: claim.accessKeyID, service: claim.scope.service, region: claim.scope.region)
        }
    }

    /// Looks an access key up.
    ///
    /// - Throws: `SignatureFailure.unknownKey`; a source's `AWSError`.
    func find(_ accessKeyID: String, sessionToken: String?) async throws -> Known {
        for source in sources {
            if let credential = try await source.credential(
                accessKeyID: accessKeyID, sessionToken: sessionToken)
            {
                return .credential(credential)
            }
        }
        guard acceptsUnregisteredKeys else { throw SignatureFailure.unknownKey(accessKeyID) }
        if accessKeyID == Self.developmentKey {
            return .credential(
                Credential(
                    accessKeyID: accessKeyID, secretAccessKey: Self.developmentSecret,
                    principal: .root(account: Identity.defaultAccount)))
        }
        let isAccount =
            accessKeyID.utf8.count == 12
            && accessKeyID.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return .unverifiable(.root(account: isAccount ? accessKeyID : Identity.defaultAccount))
    }
}
