import NIOCore
import Sandbox
import Wire

/// The body of a response that a function streams: bytes that have come, then those that come.
struct StreamedBody: AsyncSequence, Sendable {
    private let first: [UInt8]
    private let reader: StreamReader

    init(_ first: [UInt8], then parts: PartChannel<StreamPart>) {
        self.first = first
        self.reader = StreamReader(parts)
    }

    func makeAsyncIterator() -> Iterator { Iterator(first: first, reader: reader) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var first: [UInt8]
        fileprivate let reader: StreamReader

        mutating func next() async throws -> ByteBuffer? {
            if !first.isEmpty {
                defer { first = [] }
                return ByteBuffer(bytes: first)
            }
            switch try await reader.parts.next() {
            case .chunk(let bytes): return ByteBuffer(bytes: bytes)
            case .end(let result) where result.outcome == .failure: throw Broken()
            case .start, .end, nil: return nil
            }
        }
    }

    /// The function failed in the middle of its response, so the client's connection is to be cut.
    struct Broken: Error {}
}

extension Body {
    /// Bytes of a streamed response that have come, then those that come.
    static func streamed(_ first: [UInt8], then parts: PartChannel<StreamPart>) -> Body {
        .stream(StreamedBody(first, then: parts), length: nil)
    }
}
