import CLI
import ServiceKit

/// The access key that the configuration names: the root of account 000000000000.
struct ConfiguredCredentials: CredentialSource {
    let keys: RootCredentials

    func credential(accessKeyID: String, sessionToken: String?) async throws -> Credential? {
        guard accessKeyID == keys.accessKeyID else { return nil }
        return Credential(
            accessKeyID: accessKeyID, secretAccessKey: keys.secretAccessKey,
            principal: .root(account: "000000000000"))
    }
}
