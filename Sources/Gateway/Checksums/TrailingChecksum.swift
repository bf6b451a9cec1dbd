import NIOCore
import Wire

/// The checksum that follows a body in a field such as `x-amz-checksum-crc32`.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>
struct TrailingChecksum: Sendable {
    private var running: RunningChecksum

    /// - Parameter field: The field's name in lower case; `nil` comes back where it names no checksum that is known.
    init?(field: String) {
        guard let algorithm = ChecksumAlgorithm(field: field) else { return nil }
        running = RunningChecksum(algorithm)
    }

    /// Takes bytes of the body in.
    mutating func add(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { running.add($0) }
    }

    /// The checksum of what was taken in, in base64.
    var value: String { Base64.encode(running.value) }

    /// - Throws: `AWSError` `BadDigest` where the body has another checksum than `claimed`.
    func verify(_ claimed: String) throws {
        guard value == claimed else {
            throw AWSError(
                "BadDigest",
                "The \(running.algorithm.rawValue) you specified did not match the calculated checksum.",
                status: 400)
        }
    }
}
