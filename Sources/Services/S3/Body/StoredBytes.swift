import Blobs
import Logging
import NIOCore
import Wire

/// Bytes that were taken in and have no row yet.
enum StoredBytes: Sendable {
    /// Few enough to stand in the row.
    case row([UInt8])
    case blob(Blob)
}

extension S3Store {
    /// Takes the body of a request in.
    ///
    /// - Throws: what the body throws; `EntityTooLarge`; `MissingContentLength` where nothing says how long it is.
    func take(_ body: Body, digest: BodyDigest, inlineLimit: Int) async throws -> StoredBytes {
        switch body {
        case .bytes(let buffer):
            let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
                continuation.yield(buffer)
                continuation.finish()
            }
            return try await take(
                stream, length: Int64(buffer.readableBytes), digest: digest,
                inlineLimit: inlineLimit)
        case .stream(let stream, let length?):
            return try await take(
                stream, length: Int64(length), digest: digest, inlineLimit: inlineLimit)
        case .stream(_, nil): throw S3Failure.missingContentLength
        }
    }

    /// Takes a body in: into memory where it is small, into a blob where it is not. What is in a blob is on disk afterwards.
    ///
    /// - Parameters:
    ///   - body: flows, and is read as fast as it can be written.
    ///   - length: how many bytes it announces.
    ///   - inlineLimit: up to how many bytes stand in a row.
    /// - Throws: what the body throws; `EntityTooLarge`.
    func take(
        _ body: any AsyncSequence<ByteBuffer, any Error> & Sendable, length: Int64,
        digest: BodyDigest, inlineLimit: Int, limit: Int64 = S3Limits.putBytes
    ) async throws -> StoredBytes {
        guard length <= limit else { throw S3Failure.entityTooLarge(length, limit: limit) }
        let digested = DigestedBody(base: body, digest: digest, limit: limit)
        if length <= Int64(inlineLimit) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Int(length))
            for try await part in digested { bytes += part.readableBytesView }
            return .row(bytes)
        }
        return .blob(try await blobs.put(digested))
    }

    /// Takes back bytes whose row could not be written.
    func discard(_ bytes: StoredBytes) async {
        guard case .blob(let blob) = bytes else { return }
        do {
            try await blobs.delete(blob.id)
        } catch {
            // The sweep finds it.
            logger.warning("a blob stays behind", metadata: ["error": "\(error)"])
        }
    }
}
