import Crypto
import NIOCore
import Wire

/// The checksum that follows a body in a field such as `x-amz-checksum-crc32`.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>
struct TrailingChecksum: Sendable {
    private enum Running: Sendable {
        case crc32(CRC<UInt32>)
        case crc64(CRC<UInt64>)
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    private static let prefix = "x-amz-checksum-"

    private let algorithm: String
    private var running: Running

    /// - Parameter field: The field's name in lower case; `nil` comes back where it names no checksum that is known.
    init?(field: String) {
        guard field.hasPrefix(Self.prefix) else { return nil }
        algorithm = String(field.dropFirst(Self.prefix.count))
        switch algorithm {
        case "crc32": running = .crc32(CRC(.crc32))
        case "crc32c": running = .crc32(CRC(.crc32c))
        case "crc64nvme": running = .crc64(CRC(.crc64nvme))
        case "sha1": running = .sha1(Insecure.SHA1())
        case "sha256": running = .sha256(SHA256())
        default: return nil
        }
    }

    /// Takes bytes of the body in.
    mutating func add(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            switch running {
            case .crc32(var crc):
                crc.add(bytes)
                running = .crc32(crc)
            case .crc64(var crc):
                crc.add(bytes)
                running = .crc64(crc)
            case .sha1(var hash):
                hash.update(bufferPointer: bytes)
                running = .sha1(hash)
            case .sha256(var hash):
                hash.update(bufferPointer: bytes)
                running = .sha256(hash)
            }
        }
    }

    /// The checksum of what was taken in, in base64.
    var value: String {
        switch running {
        case .crc32(let crc): Base64.encode(Self.bytes(of: crc.value))
        case .crc64(let crc): Base64.encode(Self.bytes(of: crc.value))
        case .sha1(let hash): Base64.encode(Array(hash.finalize()))
        case .sha256(let hash): Base64.encode(Array(hash.finalize()))
        }
    }

    /// - Throws: `AWSError` `BadDigest` where the body has another checksum than `claimed`.
    func verify(_ claimed: String) throws {
        guard value == claimed else {
            throw AWSError(
                "BadDigest",
                "The \(algorithm.uppercased()) you specified did not match the calculated checksum.",
                status: 400)
        }
    }

    private static func bytes(of word: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: word.bigEndian) { Array($0) }
    }
}
