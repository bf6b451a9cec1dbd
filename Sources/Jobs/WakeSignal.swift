package import Platform
internal import Synchronization

/// A bell that one waiter hears. Ringing before it listens counts; ringing twice counts once.
package final class WakeSignal: Sendable {
    private enum State {
        /// Nobody waits. Becomes `rung` or `waiting`.
        case idle
        /// It rang and nobody has heard it. Becomes `idle` as soon as somebody waits.
        case rung
        /// One waits. Becomes `idle` on the next ring or when the waiter is cancelled.
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex<State>(.idle)

    /// Makes a bell that has not rung.
    package init() {}

    /// Returns after the next ring, at `deadline`, or when the task is cancelled.
    package func wait(until deadline: Instant, on clock: any Clock) async {
        await withTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(until: deadline) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Rings.
    package func signal() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            if case .waiting(let waiter) = state {
                state = .idle
                return waiter
            }
            state = .rung
            return nil
        }
        waiter?.resume()
    }

    /// Returns after the next ring, or when the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let heard = state.withLock { state in
                    if case .rung = state {
                        state = .idle
                        return true
                    }
                    if Task.isCancelled { return true }
                    state = .waiting(continuation)
                    return false
                }
                if heard { continuation.resume() }
            }
        } onCancel: {
            let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
                guard case .waiting(let waiter) = state else { return nil }
                state = .idle
                return waiter
            }
            waiter?.resume()
        }
    }
}
