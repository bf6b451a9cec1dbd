import Crypto
package import Platform

/// The key that seals every other secret before it is stored, so that who reads the database alone reads none.
///
/// It stays outside of the database: in a file of the data directory, or in one that the configuration names. What is
/// sealed for one purpose opens for no other, and only beside the same binding.
package struct RootKey: Sendable {
    /// The bytes of a root key.
    package static let byteCount = 32
    private static let nonceBytes = 12
    private static let tagBytes = 16
    /// The first byte of everything sealed, so that the format can change.
    private static let version: UInt8 = 1

    private let key: SymmetricKey

    /// Makes the root key of its 32 bytes.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a root key has 32 bytes")
        key = SymmetricKey(data: bytes)
    }

    /// Seals `content` with AES-256-GCM under a key for `purpose`.
    ///
    /// - Parameter binding: what the content belongs to, such as the name of its row; it is checked, not kept.
    package func seal(
        _ content: [UInt8], for purpose: String, bindingTo binding: String,
        randomness: any Randomness
    ) -> [UInt8] {
        let nonce = randomness.bytes(Self.nonceBytes)
        guard let nonceOfBox = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(
                content, using: derivedKey(for: purpose), nonce: nonceOfBox,
                authenticating: Array(binding.utf8))
        else { preconditionFailure("AES-256-GCM takes any content and a nonce of 12 bytes") }
        return [Self.version] + nonce + [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Opens what `seal` sealed for the same purpose and binding under the same root key; `nil` for anything else.
    package func open(
        _ sealed: [UInt8], for purpose: String, bindingTo binding: String
    ) -> [UInt8]? {
        guard sealed.first == Self.version, sealed.count > Self.nonceBytes + Self.tagBytes,
            let nonce = try? AES.GCM.Nonce(data: sealed[1...Self.nonceBytes]),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed[(1 + Self.nonceBytes)...].dropLast(Self.tagBytes),
                tag: sealed.suffix(Self.tagBytes)),
            let content = try? AES.GCM.open(
                box, using: derivedKey(for: purpose), authenticating: Array(binding.utf8))
        else { return nil }
        return [UInt8](content)
    }

    /// Sixteen bytes that tell root keys apart and nothing about them.
    package var fingerprint: [UInt8] {
        derivedKey(for: "fingerprint").withUnsafeBytes { Array($0.prefix(16)) }
    }

    private func derivedKey(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("apus \(purpose)".utf8),
            outputByteCount: Self.byteCount)
    }
}
