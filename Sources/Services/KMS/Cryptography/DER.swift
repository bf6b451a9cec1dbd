/// The fixed parts of keys in DER whose library gives only raw bytes.
enum DER {
    /// Before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410).
    static let ed25519PrivatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ]
    /// Before the 32 bytes of an Ed25519 public key (RFC 8410).
    static let ed25519PublicPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// A public key of ML-DSA as a SubjectPublicKeyInfo (RFC 9881).
    ///
    /// - Parameter algorithm: the last byte of the object identifier 2.16.840.1.101.3.4.3.x.
    static func latticePublicKey(_ raw: [UInt8], algorithm: UInt8) -> [UInt8] {
        let identifier: [UInt8] = [
            0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, algorithm,
        ]
        let bits: [UInt8] = [0x03] + length(raw.count + 1) + [0x00] + raw
        let content = identifier + bits
        return [0x30] + length(content.count) + content
    }

    /// A length over 255 bytes.
    private static func length(_ count: Int) -> [UInt8] {
        precondition((256...65_535).contains(count), "\(count) has another form of length")
        return [0x82, UInt8(count >> 8), UInt8(count & 255)]
    }
}
