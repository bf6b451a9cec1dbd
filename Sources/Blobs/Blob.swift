/// A blob that is kept.
package struct Blob: Sendable, Equatable {
    /// Its name in the store.
    package let id: BlobID
    /// How many bytes it has.
    package let size: Int64
    /// The SHA-256 of its bytes, 32 bytes.
    package let sha256: [UInt8]
}
