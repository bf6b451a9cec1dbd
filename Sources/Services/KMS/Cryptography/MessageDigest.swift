import Crypto

/// Digests that a caller computed himself, as the library's types.
enum MessageDigest {
    static func sha256(_ bytes: [UInt8]) -> SHA256Digest? { digest(bytes) }
    static func sha384(_ bytes: [UInt8]) -> SHA384Digest? { digest(bytes) }
    static func sha512(_ bytes: [UInt8]) -> SHA512Digest? { digest(bytes) }

    /// The digest of these bytes; `nil` where their number is not its own.
    private static func digest<Value: Digest>(_ bytes: [UInt8]) -> Value? {
        guard bytes.count == Value.byteCount, MemoryLayout<Value>.size == Value.byteCount else {
            return nil
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Value.byteCount, alignment: MemoryLayout<Value>.alignment)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        // SAFETY: the library's digests are structures of plain integers, which is checked by their size above and by
        // their bytes below; the memory is aligned for the type and initialized.
        let digest = copy.load(as: Value.self)
        precondition(digest.elementsEqual(bytes), "\(Value.self) is not laid out as its bytes")
        return digest
    }
}
