/// Threads for work that blocks: reading files, asking a database.
///
/// Threads start when they are needed and stay. Work waits in order while all are busy.
package final class ThreadPool: Sendable {
    private struct State: Sendable {
        var waiting = FIFO<@Sendable () -> Void>()
        var threads: [Thread] = []
        var idle = 0
        var isClosed = false
    }

    private let name: StaticString
    private let maximumThreads: Int
    private let monitor = Monitor(State())

    /// Makes a pool that has no thread yet.
    ///
    /// - Parameters:
    ///   - name: shown by `top` and debuggers, at most 15 bytes.
    ///   - maximumThreads: how many pieces of work can be under way at a time.
    package init(name: StaticString, maximumThreads: Int) {
        precondition(maximumThreads > 0, "a pool has at least one thread")
        self.name = name
        self.maximumThreads = maximumThreads
    }

    /// Runs `body` on a thread of the pool. The work is not cancelled with the task.
    ///
    /// - Throws: what `body` throws, or `ThreadPoolClosed`.
    package func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = submit { continuation.resume(with: Swift.Result { try body() }) }
            if !isAccepted { continuation.resume(throwing: ThreadPoolClosed()) }
        }
    }

    private func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        monitor.change { state in
            guard !state.isClosed else { return false }
            state.waiting.append(work)
            if state.waiting.count > state.idle, state.threads.count < maximumThreads {
                state.threads.append(Thread(name: name) { [monitor] in Self.work(monitor) })
            }
            return true
        }
    }

    /// Waits for the work that has been accepted and ends the threads.
    package func close() async {
        let threads = monitor.change { state in
            state.isClosed = true
            return state.threads
        }
        await withCheckedContinuation { continuation in
            // Joining blocks, so it has a thread for itself.
            _ = Thread(name: "closing") {
                for thread in threads { thread.join() }
                continuation.resume()
            }
        }
    }

    private static func work(_ monitor: Monitor<State>) {
        while true {
            monitor.withLock { $0.idle += 1 }
            let next: (@Sendable () -> Void)? = monitor.wait { state in
                if let work = state.waiting.popFirst() {
                    state.idle -= 1
                    return .found(work)
                }
                return state.isClosed ? .found(nil) : .wait
            }
            guard let next else { return }
            next()
        }
    }
}
