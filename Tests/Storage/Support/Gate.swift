import Platform
import Synchronization

/// Holds a thread inside of a transaction until the test lets it go on.
final class Gate: Sendable {
    private let isOpen = Monitor(false)
    private let arrivals = Journal<Void>()

    /// Called in the transaction's body.
    func enterAndWait() {
        arrivals.note(())
        isOpen.wait { $0 ? .found(()) : .wait }
    }

    /// Returns when the body is at the gate.
    func entered() async throws { try await arrivals.next() }

    func open() { isOpen.change { $0 = true } }
}

/// What happened, in order, for a test that waits for it.
final class Journal<Entry: Sendable>: Sendable {
    private let noted = Mutex<[Entry]>([])
    private let stream: AsyncStream<Entry>
    private let continuation: AsyncStream<Entry>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func note(_ entry: Entry) {
        noted.withLock { $0.append(entry) }
        continuation.yield(entry)
    }

    /// Everything so far.
    var entries: [Entry] { noted.withLock { $0 } }

    /// Waits for the next entry that nobody has waited for.
    @discardableResult
    func next() async throws -> Entry {
        for await entry in stream { return entry }
        throw CancellationError()
    }

    /// Waits for the next `count` entries.
    func next(_ count: Int) async throws -> [Entry] {
        var entries: [Entry] = []
        for _ in 0..<count { entries.append(try await next()) }
        return entries
    }
}
