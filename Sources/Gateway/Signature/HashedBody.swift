import Crypto
import NIOCore
import Platform

/// A body whose SHA-256 is compared with what the request claimed once its last byte is read.
///
/// The reader sees the bytes before they are verified; it must not act on them before the end.
struct HashedBody: AsyncSequence, Sendable {
    let base: any AsyncSequence<ByteBuffer, any Error> & Sendable
    /// In lower-case hexadecimal.
    let claimed: String

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: any AsyncIteratorProtocol<ByteBuffer, any Error>
        let claimed: String
        var hash = SHA256()

        mutating func next() async throws -> ByteBuffer? {
            if let bytes = try await base.next() {
                bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
                return bytes
            }
            let computed = Hexadecimal.string(hash.finalize())
            guard computed == claimed else {
                throw SignatureFailure.payloadMismatch(claimed: claimed, computed: computed)
                    .awsError(in: .s3)
            }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), claimed: claimed)
    }
}
