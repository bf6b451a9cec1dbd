import Crypto
import Platform

/// The key that signs requests of one day, region and service, derived from a secret access key.
struct SigningKey: Sendable {
    private let key: SymmetricKey

    /// Derives the key: an HMAC for each part of the scope.
    init(secret: String, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in [scope.date, scope.region, scope.service, CredentialScope.terminator] {
            key = SymmetricKey(
                data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        self.key = key
    }

    /// The signature of `text`, in hexadecimal.
    func sign(_ text: String) -> String {
        Hexadecimal.string(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    /// Whether `signature` is that of `text`, found in a time that does not depend on where they differ.
    func verify(_ signature: String, of text: String) -> Bool {
        guard let code = Hexadecimal.bytes(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Array(text.utf8), using: key)
    }
}
