import Blobs
import Logging
import NIOCore
import Wire

/// Bytes that were taken in and have no row yet.
enum StoredBytes: Sendable {
    /// Few enough to stand in the row, sealed.
    case row([UInt8])
    case blob(Blob)
}

extension S3Store {
    /// Takes the body of a request in: into memory where it is small, into a blob where it is not. What is in a blob is on disk
    /// afterwards. Either is sealed.
    ///
    /// - Parameters:
    ///   - body: flows, and is read as fast as it can be written.
    ///   - inlineLimit: up to how many bytes stand in a row.
    /// - Throws: what the body throws; `EntityTooLarge`; `MissingContentLength` where nothing says how long it is.
    func take(
        _ body: Body, digest: BodyDigest, inlineLimit: Int, _ cipher: ObjectCipher
    ) async throws -> StoredBytes {
        let stream: any AsyncSequence<ByteBuffer, any Error> & Sendable
        let length: Int64
        switch body {
        case .bytes(let buffer):
            length = Int64(buffer.readableBytes)
            stream = AsyncThrowingStream { continuation in
                continuation.yield(buffer)
                continuation.finish()
            }
        case .stream(let base, let announced?): (stream, length) = (base, Int64(announced))
        case .stream(_, nil): throw S3Failure.missingContentLength
        }
        guard length <= S3Limits.putBytes else {
            throw S3Failure.entityTooLarge(length, limit: S3Limits.putBytes)
        }
        let sealed = SealedBody(
            base: DigestedBody(base: stream, digest: digest, limit: S3Limits.putBytes),
            cipher: cipher)
        guard length <= Int64(inlineLimit) else { return .blob(try await blobs.put(sealed)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(ObjectCipher.sealedBytes(length)))
        for try await part in sealed { bytes += part.readableBytesView }
        return .row(bytes)
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
