import Platform
import Synchronization

/// What references came to a moment ago, so that an event does not wait for the database.
///
/// A change by this process is seen at once: every change clears the cache. A change by another node is seen within
/// `LambdaLimits.cachedVersionAge`.
final class TargetCache: Sendable {
    private struct Entry: Sendable {
        let target: InvocationTarget
        let readAt: ContinuousClock.Instant
    }

    private struct State: Sendable {
        var entries: [FunctionReference: Entry] = [:]
        /// How often the cache was cleared: what was read before a change is not kept after it.
        var generation = 0
    }

    private let clock: any Clock
    private let state = Mutex(State())

    init(clock: any Clock) {
        self.clock = clock
    }

    /// The target, as it is kept or else as `read` answers.
    ///
    /// - Throws: what `read` throws.
    func target(
        _ reference: FunctionReference, read: () async throws -> InvocationTarget
    ) async throws -> InvocationTarget {
        let now = clock.uptime
        let (kept, generation) = state.withLock { ($0.entries[reference], $0.generation) }
        if let kept, now - kept.readAt < LambdaLimits.cachedVersionAge { return kept.target }
        let target = try await read()
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= LambdaLimits.cachedVersions { state.entries = [:] }
            state.entries[reference] = Entry(target: target, readAt: now)
        }
        return target
    }

    /// Forgets everything.
    func clear() {
        state.withLock { state in
            state.entries = [:]
            state.generation += 1
        }
    }
}
