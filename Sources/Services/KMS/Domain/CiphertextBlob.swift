import Crypto
import Platform

/// What `Encrypt` with a symmetric key answers: a header that names the key, and what AES-256-GCM makes.
///
/// The layout stands in docs/adr. Every byte but the ciphertext's own is authenticated, and the encryption context with it.
struct CiphertextBlob: Sendable {
    static let version: UInt8 = 1
    static let saltBytes = 16
    static let tagBytes = 16
    /// Version, kind, account, key, material, salt.
    private static let headerBytes = 1 + 1 + 8 + 16 + 32 + saltBytes
    private static let nonceBytes = 12

    /// The account of the key.
    let account: String
    let keyID: String
    let materialID: String
    private let header: [UInt8]
    private let sealed: [UInt8]

    /// Reads a blob; `nil` for what is none.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.headerBytes + Self.tagBytes, bytes[0] == Self.version,
            bytes[1] <= 1
        else { return nil }
        let account = String(BigEndian.number(bytes[2..<10]))
        guard account.utf8.count <= 12 else { return nil }
        self.account = String(repeating: "0", count: 12 - account.utf8.count) + account
        let hex = Hexadecimal.string(bytes[10..<26])
        keyID = bytes[1] == 1 ? "mrk-\(hex)" : Self.uuid(hex)
        materialID = Hexadecimal.string(bytes[26..<58])
        header = Array(bytes[..<Self.headerBytes])
        sealed = Array(bytes[Self.headerBytes...])
    }

    /// Encrypts `plaintext`.
    ///
    /// A key of its own is derived for each blob, so that a material never meets a nonce twice however much it encrypts.
    ///
    /// - Parameter salt: 16 bytes that nobody used before.
    static func seal(
        _ plaintext: [UInt8], account: String, keyID: String, material: Material,
        context: EncryptionContext, salt: [UInt8]
    ) throws -> [UInt8] {
        precondition(salt.count == saltBytes, "a salt has 16 bytes")
        let isMultiRegion = keyID.hasPrefix("mrk-")
        let digits = (isMultiRegion ? String(keyID.dropFirst(4)) : keyID).filter { $0 != "-" }
        guard let id = Hexadecimal.bytes(digits), id.count == 16,
            let materialID = Hexadecimal.bytes(material.id), materialID.count == 32
        else { preconditionFailure("\(keyID) or \(material.id) is no identifier of ours") }
        var header: [UInt8] = [version, isMultiRegion ? 1 : 0]
        BigEndian.append(UInt64(account) ?? 0, bytes: 8, to: &header)
        header += id + materialID + salt
        let (key, nonce) = try derive(material.bytes, salt: salt)
        let box = try AES.GCM.seal(
            plaintext, using: key, nonce: nonce, authenticating: header + context.canonicalBytes)
        return header + [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Decrypts; `nil` where the bytes, the material or the context are not those of the encryption.
    func open(with material: Material, context: EncryptionContext) -> [UInt8]? {
        guard
            let (key, nonce) = try? Self.derive(
                material.bytes, salt: Array(header.suffix(Self.saltBytes))),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed.dropLast(Self.tagBytes),
                tag: sealed.suffix(Self.tagBytes)),
            let plaintext = try? AES.GCM.open(
                box, using: key, authenticating: header + context.canonicalBytes)
        else { return nil }
        return [UInt8](plaintext)
    }

    private static func derive(
        _ material: [UInt8], salt: [UInt8]
    ) throws -> (SymmetricKey, AES.GCM.Nonce) {
        let output = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: material), salt: salt,
            info: Array("apus kms ciphertext".utf8), outputByteCount: 32 + nonceBytes)
        let bytes = output.withUnsafeBytes { Array($0) }
        return (SymmetricKey(data: bytes[..<32]), try AES.GCM.Nonce(data: bytes[32...]))
    }

    private static func uuid(_ hex: String) -> String {
        let digits = Array(hex)
        let parts = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
        return parts.map { String($0) }.joined(separator: "-")
    }
}
