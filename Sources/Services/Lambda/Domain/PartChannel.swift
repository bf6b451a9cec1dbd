import Synchronization

/// Hands parts from one sender to one reader. The sender waits while too many wait for the reader; when the reader has left, what is
/// sent is dropped.
final class PartChannel<Part: Sendable>: Sendable {
    private typealias Reader = CheckedContinuation<Part?, any Error>

    private struct State {
        var waiting: [Part] = []
        var reader: Reader?
        var sender: CheckedContinuation<Void, Never>?
        /// How it ended, once everything that was sent has been read.
        var end: Result<Void, any Error>?
        var isAbandoned = false

        /// What the reader gets at once, and the sender for whom that makes room. Without an answer, the reader waits.
        mutating func next(
            for reader: Reader
        ) -> (Result<Part?, any Error>?, CheckedContinuation<Void, Never>?) {
            if !waiting.isEmpty {
                defer { sender = nil }
                return (.success(waiting.removeFirst()), sender)
            }
            if let end { return (end.map { nil }, nil) }
            if isAbandoned { return (.failure(CancellationError()), nil) }
            self.reader = reader
            return (nil, nil)
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Hands over a part and waits until there is room for another.
    func send(_ part: Part) async {
        await withCheckedContinuation { (sender: CheckedContinuation<Void, Never>) in
            let (reader, waits) = state.withLock { state -> (Reader?, Bool) in
                precondition(state.end == nil && state.sender == nil, "one sender, until the end")
                if let reader = state.reader {
                    state.reader = nil
                    return (reader, false)
                }
                if !state.isAbandoned { state.waiting.append(part) }
                guard state.waiting.count >= capacity else { return (nil, false) }
                state.sender = sender
                return (nil, true)
            }
            reader?.resume(returning: part)
            if !waits { sender.resume() }
        }
    }

    /// Says that no part follows.
    func finish(throwing error: (any Error)? = nil) {
        let end: Result<Void, any Error> = error.map { .failure($0) } ?? .success(())
        let reader = state.withLock { state in
            state.end = end
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: end.map { nil })
    }

    /// The next part, or nil at the end. A reader that is cancelled has left.
    ///
    /// - Throws: what the sender finished with.
    func next() async throws -> Part? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                let (answer, sender) = state.withLock { $0.next(for: reader) }
                sender?.resume()
                if let answer { reader.resume(with: answer) }
            }
        } onCancel: {
            abandon()
        }
    }

    /// Says that nobody reads on.
    func abandon() {
        let (reader, sender) = state.withLock { state in
            state.isAbandoned = true
            state.waiting = []
            defer { (state.reader, state.sender) = (nil, nil) }
            return (state.reader, state.sender)
        }
        sender?.resume()
        reader?.resume(throwing: CancellationError())
    }
}
