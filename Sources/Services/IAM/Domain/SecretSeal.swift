import Platform
import ServiceKit

/// Keeps the secrets of access keys from whoever reads the database.
enum SecretSeal {
    private static let purpose = "iam access key"

    /// The secret as the database keeps it.
    static func seal(
        _ secret: String, of id: String, under key: RootKey, _ randomness: any Randomness
    ) -> [UInt8] {
        key.seal(
            Array(secret.utf8), for: purpose, bindingTo: id, randomness: randomness)
    }

    /// The secret that was sealed; `nil` where the root key is another one.
    static func open(_ sealed: [UInt8], of id: String, under key: RootKey) -> String? {
        key.open(sealed, for: purpose, bindingTo: id).map { String(decoding: $0, as: UTF8.self) }
    }
}
