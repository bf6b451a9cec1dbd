import Blobs
import Wire

/// A function's code: the zip file that was uploaded.
struct CodePackage: Sendable, Hashable {
    /// Where the zip file is kept.
    let blob: BlobID
    /// The SHA-256 of the zip file, 32 bytes.
    let digest: [UInt8]
    /// The size of the zip file, in bytes.
    let size: Int
    /// What it unpacks to, in bytes.
    let unzippedSize: Int

    /// The digest as `CodeSha256` gives it.
    var sha256: String { Base64.encode(digest) }
}
