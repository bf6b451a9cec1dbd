import Crypto
package import Platform

/// A content that is encrypted with a data key, beside the data key encrypted by KMS: for what is larger than KMS encrypts.
///
/// One byte of version, the length of the encrypted key in two, the encrypted key, a nonce of 12, AES-256-GCM's ciphertext
/// and its tag of 16.
package struct Envelope: Sendable {
    private static let version: UInt8 = 1
    private static let nonceBytes = 12
    private static let tagBytes = 16

    /// The data key as KMS encrypted it.
    package let encryptedKey: [UInt8]
    private let nonce: [UInt8]
    private let sealed: [UInt8]

    /// Encrypts `content` with a data key that nothing else was encrypted with.
    ///
    /// - Parameters:
    ///   - dataKey: 32 bytes.
    ///   - encryptedKey: the same as KMS encrypted it.
    package static func seal(
        _ content: [UInt8], dataKey: [UInt8], encryptedKey: [UInt8], randomness: any Randomness
    ) -> [UInt8] {
        precondition(dataKey.count == 32, "AES-256 takes a key of 32 bytes")
        let nonce = randomness.bytes(nonceBytes)
        guard let length = UInt16(exactly: encryptedKey.count),
            let nonceOfBox = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(
                content, using: SymmetricKey(data: dataKey), nonce: nonceOfBox)
        else { preconditionFailure("AES-256-GCM takes any content and a nonce of 12 bytes") }
        let head: [UInt8] = [version, UInt8(length >> 8), UInt8(length & 255)]
        return head + encryptedKey + nonce + [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Reads what `seal` made; `nil` for anything else.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count > 3, bytes[0] == Self.version else { return nil }
        let keyEnd = 3 + (Int(bytes[1]) << 8 | Int(bytes[2]))
        guard bytes.count >= keyEnd + Self.nonceBytes + Self.tagBytes else { return nil }
        encryptedKey = Array(bytes[3..<keyEnd])
        nonce = Array(bytes[keyEnd..<keyEnd + Self.nonceBytes])
        sealed = Array(bytes[(keyEnd + Self.nonceBytes)...])
    }

    /// The content; `nil` where the key is another or the bytes were changed.
    package func open(with dataKey: [UInt8]) -> [UInt8]? {
        guard
            let box = try? AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed.dropLast(Self.tagBytes),
                tag: sealed.suffix(Self.tagBytes)),
            let content = try? AES.GCM.open(box, using: SymmetricKey(data: dataKey))
        else { return nil }
        return [UInt8](content)
    }
}
