import NIOCore
import Synchronization

/// A stream without an end, which knows how much of it was taken.
final class EndlessStream: AsyncSequence, Sendable {
    static let partBytes = 16 * 1024
    private let count = Mutex(0)
    private let part = ByteBuffer(repeating: UInt8(ascii: "x"), count: EndlessStream.partBytes)

    /// The bytes that were taken.
    var taken: Int { count.withLock { $0 } }

    struct AsyncIterator: AsyncIteratorProtocol {
        let stream: EndlessStream

        mutating func next() async throws -> ByteBuffer? {
            stream.count.withLock { $0 += EndlessStream.partBytes }
            return stream.part
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }
}
