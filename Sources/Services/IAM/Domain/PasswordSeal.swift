import Crypto
import Platform
import ServiceKit
import Wire

/// Keeps passwords so that they can be compared and not read: salted and hashed many times (PBKDF2, RFC 8018), and sealed.
struct PasswordSeal: Sendable {
    private static let rounds = 20_000
    private static let saltBytes = 16
    private static let purpose = "iam password"

    let rootKey: RootKey
    let randomness: any Randomness

    /// The password as the database keeps it.
    func seal(_ password: String, of user: String, _ account: String) -> String {
        let salt = randomness.bytes(Self.saltBytes)
        let sealed = rootKey.seal(
            salt + Self.hash(password, salt), for: Self.purpose, bindingTo: "\(account)/\(user)",
            randomness: randomness)
        return Base64.encode(sealed)
    }

    /// Whether `password` is the one that was sealed.
    func matches(_ password: String, _ sealed: String, of user: String, _ account: String) -> Bool {
        guard let bytes = Base64.decode(sealed.utf8),
            let content = rootKey.open(
                bytes, for: Self.purpose, bindingTo: "\(account)/\(user)"),
            content.count > Self.saltBytes
        else { return false }
        let salt = Array(content.prefix(Self.saltBytes))
        return Self.hash(password, salt) == Array(content.dropFirst(Self.saltBytes))
    }

    private static func hash(_ password: String, _ salt: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(
            HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<rounds {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }
}
