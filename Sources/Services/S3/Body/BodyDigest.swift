import Crypto
import NIOCore
import Platform
import Synchronization
import Wire

/// What is computed of a body while it flows: its MD5, its length, and a checksum.
final class BodyDigest: Sendable {
    private struct State {
        var md5 = Insecure.MD5()
        var checksum: RunningChecksum
        var size: Int64 = 0
    }

    private let state: Mutex<State>

    init(_ algorithm: ChecksumAlgorithm) {
        state = Mutex(State(checksum: RunningChecksum(algorithm)))
    }

    /// Takes bytes in.
    func add(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            state.withLock { state in
                state.md5.update(bufferPointer: bytes)
                state.checksum.add(bytes)
                state.size += Int64(bytes.count)
            }
        }
    }

    var size: Int64 { state.withLock { $0.size } }

    /// The MD5 of all bytes so far.
    var md5: [UInt8] { state.withLock { Array($0.md5.finalize()) } }

    /// The checksum of all bytes so far.
    var checksum: ObjectChecksum {
        state.withLock { state in
            ObjectChecksum(
                state.checksum.algorithm, value: Base64.encode(state.checksum.value))
        }
    }

    /// Compares what came with what the request claims.
    ///
    /// - Throws: `BadDigest`.
    func verify(md5 claimed: [UInt8]?, checksum value: String?) throws {
        let md5 = md5
        if let claimed, claimed != md5 {
            throw S3Failure.badDigest(Base64.encode(claimed), Base64.encode(md5))
        }
        let checksum = checksum
        if let value, value != checksum.value {
            throw S3Failure.badChecksum(checksum.algorithm.rawValue)
        }
    }
}

/// A body whose digest is computed as it is read.
struct DigestedBody: AsyncSequence, Sendable {
    let base: any AsyncSequence<ByteBuffer, any Error> & Sendable
    let digest: BodyDigest
    /// More bytes than this are refused.
    let limit: Int64

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<ByteBuffer, any Error>
        fileprivate let digest: BodyDigest
        fileprivate let limit: Int64

        mutating func next() async throws -> ByteBuffer? {
            guard let bytes = try await base.next() else { return nil }
            digest.add(bytes)
            guard digest.size <= limit else {
                throw S3Failure.entityTooLarge(digest.size, limit: limit)
            }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), digest: digest, limit: limit)
    }
}
