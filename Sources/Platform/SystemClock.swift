internal import Glibc

/// The machine's clock, which can be moved ahead.
///
/// One thread sleeps until the next deadline and wakes whoever is due, in order. It follows the machine's clock
/// when that is set, and a laptop that was closed over night wakes what became due meanwhile.
package final class SystemClock: Clock {
    private struct State: Sendable {
        var offsetMilliseconds: Int64 = 0
        var sleepers = Sleepers()
        var hasThread = false
        var isClosed = false

        var now: Instant {
            Instant(milliseconds: SystemClock.machineMilliseconds() + offsetMilliseconds)
        }
    }

    private let monitor = Monitor(State())

    /// Makes a clock that shows the machine's time.
    package init() {}

    deinit {
        monitor.change { $0.isClosed = true }
    }

    package var now: Instant { monitor.withLock { $0.now } }

    package var machineTime: Instant { Instant(milliseconds: Self.machineMilliseconds()) }

    package var uptime: ContinuousClock.Instant { ContinuousClock.now }

    package func sleep(until deadline: Instant) async throws {
        let ticket = monitor.withLock { $0.sleepers.ticket() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = monitor.change { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.add(continuation, deadline: deadline, ticket: ticket)
                    startThread(&state)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            monitor.withLock { $0.sleepers.remove(deadline: deadline, ticket: ticket) }?
                .resume(throwing: CancellationError())
        }
    }

    package func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not go back")
        monitor.change { $0.offsetMilliseconds += duration.wholeMilliseconds }
        while let due = monitor.withLock({ $0.sleepers.popDue($0.now) }) { due.resume() }
    }

    private func startThread(_ state: inout State) {
        guard !state.hasThread else { return }
        state.hasThread = true
        _ = Thread(name: "clock") { [monitor] in Self.wakeSleepers(monitor) }
    }

    private static func wakeSleepers(_ monitor: Monitor<State>) {
        while true {
            let due: Sleepers.Continuation? = monitor.wait { state in
                if let due = state.sleepers.popDue(state.now) { return .found(due) }
                if state.isClosed { return .found(nil) }
                guard let earliest = state.sleepers.earliest else { return .wait }
                return .waitUntil(
                    milliseconds: earliest.milliseconds - state.offsetMilliseconds)
            }
            guard let due else { return }
            due.resume()
        }
    }

    private static func machineMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
