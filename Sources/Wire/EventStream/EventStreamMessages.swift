import NIOCore

/// The messages of an event stream that a body carries.
package struct EventStreamMessages: AsyncSequence, Sendable {
    private let bytes: any AsyncSequence<ByteBuffer, any Error> & Sendable

    /// Reads `body` as an event stream.
    package init(_ body: Body) {
        switch body {
        case .stream(let stream, _): self.bytes = stream
        case .bytes(let buffer): self.bytes = SingleBuffer(buffer: buffer)
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(bytes: bytes.makeAsyncIterator())
    }

    /// Yields the messages; throws `EventStreamError` where the stream is malformed, and what the
    /// body throws.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate var bytes: any AsyncIteratorProtocol<ByteBuffer, any Error>
        private var decoder = EventStreamDecoder()

        fileprivate init(bytes: any AsyncIteratorProtocol<ByteBuffer, any Error>) {
            self.bytes = bytes
        }

        package mutating func next() async throws -> EventStreamMessage? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> EventStreamMessage? {
            while true {
                if let message = try decoder.next() { return message }
                guard let buffer = try await bytes.next(isolation: actor) else {
                    try decoder.finish()
                    return nil
                }
                decoder.append(buffer)
            }
        }
    }
}

/// One buffer as a sequence.
private struct SingleBuffer: AsyncSequence, AsyncIteratorProtocol, Sendable {
    var buffer: ByteBuffer?

    func makeAsyncIterator() -> SingleBuffer { self }

    mutating func next() async throws -> ByteBuffer? { buffer.take() }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error)
        -> ByteBuffer?
    {
        buffer.take()
    }
}
