import Crypto
import Wire

/// Seals text so that only the holder of the key can read it, and nobody can change it (AES-256-GCM).
struct TokenSeal: Sendable {
    static let keyBytes = 32
    static let nonceBytes = 12
    private static let tagBytes = 16
    /// The first byte of every token, so that the format can change.
    private static let version: UInt8 = 1

    private let key: SymmetricKey

    init(key: [UInt8]) {
        precondition(key.count == Self.keyBytes, "AES-256 takes a key of 32 bytes")
        self.key = SymmetricKey(data: key)
    }

    /// Seals `content`. A nonce is used once.
    func seal(_ content: [UInt8], nonce: [UInt8]) throws -> String {
        let box = try AES.GCM.seal(content, using: key, nonce: AES.GCM.Nonce(data: nonce))
        return Base64.encode([Self.version] + nonce + [UInt8](box.ciphertext) + [UInt8](box.tag))
    }

    /// Opens what `seal` sealed; `nil` for anything else.
    func open(_ token: String) -> [UInt8]? {
        guard let bytes = Base64.decode(token.utf8), bytes.first == Self.version,
            bytes.count > 1 + Self.nonceBytes + Self.tagBytes
        else { return nil }
        let (nonce, sealed) = (bytes[1...Self.nonceBytes], bytes[(1 + Self.nonceBytes)...])
        guard
            let box = try? AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed.dropLast(Self.tagBytes),
                tag: sealed.suffix(Self.tagBytes)),
            let content = try? AES.GCM.open(box, using: key)
        else { return nil }
        return [UInt8](content)
    }
}
