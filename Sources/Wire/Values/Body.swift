package import NIOCore

/// The bytes of an HTTP message: all there, or flowing.
package enum Body: Sendable {
    /// All of the bytes.
    case bytes(ByteBuffer)
    /// Bytes that flow, as fast as they are taken; their number where it is known.
    case stream(any AsyncSequence<ByteBuffer, any Error> & Sendable, length: Int?)

    /// No bytes.
    package static let empty = Body.bytes(ByteBuffer())

    /// All of `bytes`.
    package init(_ bytes: some Collection<UInt8>) {
        self = .bytes(ByteBuffer(bytes: bytes))
    }

    /// The UTF-8 bytes of `text`.
    package init(text: String) {
        self = .bytes(ByteBuffer(string: text))
    }

    /// Collects the whole body.
    ///
    /// - Throws: `AWSError` `RequestEntityTooLargeException` (413) past `limit` bytes; what the stream throws.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        switch self {
        case .bytes(let buffer):
            guard buffer.readableBytes <= limit else { throw Self.tooLarge(limit) }
            return buffer
        case .stream(let stream, _):
            var whole = ByteBuffer()
            for try await var part in stream {
                guard whole.readableBytes + part.readableBytes <= limit else {
                    throw Self.tooLarge(limit)
                }
                whole.writeBuffer(&part)
            }
            return whole
        }
    }

    private static func tooLarge(_ limit: Int) -> AWSError {
        AWSError(
            "RequestEntityTooLargeException", "Request must be smaller than \(limit) bytes",
            status: 413)
    }
}

/// The events of an operation that answers with an event stream, one structure (a union) an event.
package struct EventStream<Event: Structure>: Sendable {
    package let events: any AsyncSequence<Event, any Error> & Sendable

    /// Makes a stream of `events`.
    package init(_ events: any AsyncSequence<Event, any Error> & Sendable) {
        self.events = events
    }
}
