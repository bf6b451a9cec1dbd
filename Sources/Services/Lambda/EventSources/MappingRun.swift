import Platform
import Synchronization

/// The reading of one mapping, until it is to stop. Batches under way are finished first.
final class MappingRun: Sendable {
    private let stopping = Atomic<Bool>(false)
    private let clock: any Clock

    init(clock: any Clock) { self.clock = clock }

    /// Lets nothing new begin.
    func stop() { stopping.store(true, ordering: .releasing) }

    /// Whether nothing new is to begin.
    var isStopping: Bool { stopping.load(ordering: .acquiring) || Task.isCancelled }

    /// Waits, but for not much longer than a second once it is to stop.
    func pause(_ duration: Duration) async {
        let end = clock.now + duration
        while !isStopping, clock.now < end {
            try? await clock.sleep(until: min(end, clock.now + .seconds(1)))
        }
    }
}

/// Delays that double up to a bound.
struct Backoff: Sendable {
    private let first: Duration
    private let longest: Duration
    private var next: Duration

    init(_ delays: (first: Duration, longest: Duration)) {
        first = delays.first
        longest = delays.longest
        next = delays.first
    }

    /// The next delay.
    mutating func delay() -> Duration {
        defer { next = min(next * 2, longest) }
        return next
    }

    /// Begins anew.
    mutating func reset() { next = first }
}
