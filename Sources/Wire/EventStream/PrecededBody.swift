import NIOCore

/// A body with bytes put before it.
struct PrecededBody: AsyncSequence, Sendable {
    let first: ByteBuffer
    let rest: any AsyncSequence<ByteBuffer, any Error> & Sendable

    func makeAsyncIterator() -> Iterator {
        Iterator(first: first, rest: rest.makeAsyncIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var first: ByteBuffer?
        fileprivate var rest: any AsyncIteratorProtocol<ByteBuffer, any Error>

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: nil)
        }

        mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> ByteBuffer? {
            if let first = first.take() { return first }
            return try await rest.next(isolation: actor)
        }
    }
}

extension Body {
    /// The body of an event stream, after a message that comes before its events.
    package func preceded(by message: EventStreamMessage) -> Body {
        guard case .stream(let rest, _) = self else {
            preconditionFailure("an event stream flows")
        }
        return .stream(PrecededBody(first: message.encoded, rest: rest), length: nil)
    }
}
