import NIOCore
import S3Model
import Wire

/// The events of an answer to a query: records as they are found, then how much was read, and the end.
struct SelectedEvents: AsyncSequence, Sendable {
    /// The bytes of records in one event.
    fileprivate static let eventBytes = 64 << 10

    let body: Body
    let run: SelectRun

    struct AsyncIterator: AsyncIteratorProtocol {
        private enum State { case reading, stats, end, done }

        fileprivate var body: (any AsyncIteratorProtocol<ByteBuffer, any Error>)?
        fileprivate var first: ByteBuffer?
        fileprivate var run: SelectRun
        private var state = State.reading

        fileprivate init(_ body: Body, _ run: SelectRun) {
            self.run = run
            switch body {
            case .bytes(let bytes): first = bytes
            case .stream(let stream, _): self.body = stream.makeAsyncIterator()
            }
        }

        mutating func next() async throws -> SelectObjectContentEventStream? {
            switch state {
            case .reading:
                if let records = try await records() {
                    return SelectObjectContentEventStream(records: RecordsEvent(payload: records))
                }
                state = .stats
                return try await next()
            case .stats:
                state = .end
                return SelectObjectContentEventStream(
                    stats: StatsEvent(
                        details: Stats(
                            bytesScanned: run.scanned, bytesProcessed: run.scanned,
                            bytesReturned: run.returned)))
            case .end:
                state = .done
                return SelectObjectContentEventStream(end: EndEvent())
            case .done: return nil
            }
        }

        /// The next records; nil where there are no more.
        private mutating func records() async throws -> [UInt8]? {
            while run.pendingBytes < SelectedEvents.eventBytes, !run.isComplete {
                if let bytes = first.take() {
                    try run.feed(bytes)
                } else if let bytes = try await body?.next() {
                    try run.feed(bytes)
                } else {
                    if !isFinished {
                        isFinished = true
                        try run.finish()
                    }
                    break
                }
            }
            return run.pendingBytes > 0 ? run.takeOutput() : nil
        }

        private var isFinished = false
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body, run) }
}
