import LambdaModel
import Sandbox
import Wire

/// The events of `InvokeWithResponseStream`: the answer's chunks, and how it ended.
struct StreamedEvents: AsyncSequence, Sendable {
    typealias Element = InvokeWithResponseStreamResponseEvent

    private let first: StreamPart
    private let reader: StreamReader
    private let withLog: Bool

    init(_ first: StreamPart, then parts: PartChannel<StreamPart>, withLog: Bool) {
        self.first = first
        self.reader = StreamReader(parts)
        self.withLog = withLog
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(first: first, reader: reader, withLog: withLog)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var first: StreamPart?
        fileprivate let reader: StreamReader
        fileprivate let withLog: Bool
        private var hasChunks = false
        private var completion: Element?

        fileprivate init(first: StreamPart, reader: StreamReader, withLog: Bool) {
            self.first = first
            self.reader = reader
            self.withLog = withLog
        }

        mutating func next() async throws -> Element? {
            if let completion {
                self.completion = nil
                return completion
            }
            while let part = try await nextPart() {
                switch part {
                case .start:
                    hasChunks = true
                case .chunk(let bytes):
                    hasChunks = true
                    return Self.chunk(bytes)
                case .end(let result):
                    let end = complete(result)
                    guard !hasChunks, result.outcome == .success else { return end }
                    completion = end
                    return Self.chunk(result.payload)
                }
            }
            return nil
        }

        private mutating func nextPart() async throws -> StreamPart? {
            if let first {
                self.first = nil
                return first
            }
            return try await reader.parts.next()
        }

        private func complete(_ result: InvocationResult) -> Element {
            let hasFailed = result.outcome == .failure
            return Element(
                invokeComplete: InvokeWithResponseStreamCompleteEvent(
                    errorCode: hasFailed ? "Unhandled" : nil,
                    errorDetails: hasFailed
                        ? String(decoding: result.payload, as: UTF8.self) : nil,
                    logResult: withLog ? Base64.encode(result.logTail) : nil))
        }

        private static func chunk(_ bytes: [UInt8]) -> Element {
            Element(payloadChunk: InvokeResponseStreamUpdate(payload: bytes))
        }
    }
}

/// Who reads a streamed answer; when nobody has it any more, the sender is told.
final class StreamReader: Sendable {
    let parts: PartChannel<StreamPart>

    init(_ parts: PartChannel<StreamPart>) { self.parts = parts }

    deinit { parts.abandon() }
}
