internal import Synchronization

/// A clock that stands still until a test moves it.
package final class SimulatedClock: Clock {
    private struct Watcher: Sendable {
        let sleepers: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var now: Instant
        var sleepers = Sleepers()
        var watchers: [Watcher] = []
    }

    /// How often `run(for:)` lets other tasks go on after it has woken a sleeper, at most.
    private static let yields = 1_000

    private let state: Mutex<State>
    /// Where the clock stood at first.
    package let machineTime: Instant

    /// Makes a clock that stands at `now`, by default at the first second of 2026.
    package init(now: Instant = Instant(seconds: 1_767_225_600)) {
        machineTime = now
        state = Mutex(State(now: now))
    }

    package var now: Instant { state.withLock { $0.now } }

    /// Real time, which this clock does not stop.
    package var uptime: ContinuousClock.Instant { ContinuousClock.now }

    package func sleep(until deadline: Instant) async throws {
        let ticket = state.withLock { $0.sleepers.ticket() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.add(continuation, deadline: deadline, ticket: ticket)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) } else { tellWatchers() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.remove(deadline: deadline, ticket: ticket) }?
                .resume(throwing: CancellationError())
        }
    }

    /// Moves the clock ahead and wakes the sleepers that are due, in the order of their deadlines.
    ///
    /// It does not wait for what they then do: a task that would sleep again on the way finds
    /// that its time has come and goes on. `run(for:)` stops at every deadline.
    package func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not go back")
        let target: Instant = now + duration
        while let due = popEarliest(until: target) { due.resume() }
        state.withLock { $0.now = max($0.now, target) }
    }

    /// Moves the clock ahead from deadline to deadline, so that a timer that is set again and again
    /// fires each time.
    ///
    /// After each it lets other tasks go on until as many sleep as before, or for a bounded number
    /// of turns: what a task does on other threads, nobody can see from here. Wait for that by what
    /// it makes, or say how many come back.
    ///
    /// - Parameter sleepers: how many tasks sleep again after each deadline; it is waited for them.
    package func run(for duration: Duration, untilAsleep sleepers: Int? = nil) async {
        precondition(duration >= .zero, "time does not go back")
        let target: Instant = now + duration
        while true {
            let asleep = sleeperCount
            guard let due = popEarliest(until: target) else { break }
            due.resume()
            if let sleepers {
                await waitForSleepers(sleepers)
            } else {
                for _ in 0..<Self.yields where sleeperCount < asleep { await Task.yield() }
            }
        }
        state.withLock { $0.now = max($0.now, target) }
    }

    /// How many tasks sleep on this clock.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Returns once at least `count` tasks sleep on this clock: by then they have done what they
    /// had to do.
    package func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.watchers.append(Watcher(sleepers: count, continuation: continuation))
            }
            tellWatchers()
        }
    }

    private func tellWatchers() {
        let told: [Watcher] = state.withLock { state in
            let count = state.sleepers.count
            let told = state.watchers.filter { $0.sleepers <= count }
            state.watchers.removeAll { $0.sleepers <= count }
            return told
        }
        for watcher in told { watcher.continuation.resume() }
    }

    private func popEarliest(until target: Instant) -> Sleepers.Continuation? {
        state.withLock { state in
            guard let earliest = state.sleepers.earliest, earliest <= target else { return nil }
            state.now = max(state.now, earliest)
            return state.sleepers.popDue(state.now)
        }
    }
}
