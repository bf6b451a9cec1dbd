/// The only source of the time of day, and the only thing that waits for it.
///
/// `SystemClock` follows the machine's clock and can be moved ahead (`apus clock advance`);
/// `SimulatedClock` stands still until a test moves it.
package protocol Clock: AnyObject, Sendable {
    /// The time of day.
    var now: Instant { get }

    /// The time of day without what `advance` added: what clients' own clocks show, by which the age of a signature is judged.
    var machineTime: Instant { get }

    /// A reading that only grows, for measuring how long something really took. Moving the clock does not touch it.
    var uptime: ContinuousClock.Instant { get }

    /// Returns once `now` is at or past `deadline`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    func sleep(until deadline: Instant) async throws

    /// Moves the clock ahead by `duration` and resumes the sleepers that this makes due, in the order of their deadlines.
    func advance(by duration: Duration)
}

extension Clock {
    /// Returns once `duration` has passed on this clock.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    package func sleep(for duration: Duration) async throws {
        try await sleep(until: now + duration)
    }
}
