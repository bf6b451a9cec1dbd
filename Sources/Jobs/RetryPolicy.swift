package import Platform

/// When a failed job is tried again, and when it is given up.
package struct RetryPolicy: Sendable, Equatable {
    /// How many times it is started in all.
    package let maximumAttempts: Int
    /// How long after it was first due it may still be started; nil is for ever.
    package let maximumAge: Duration?
    /// The delay after the first failure. It doubles with each failure after that.
    package let firstDelay: Duration
    /// The longest delay.
    package let maximumDelay: Duration
    /// The part of a delay, 0 to 1, that chance may take away, so that failures do not return
    /// together.
    package let jitter: Double

    /// Makes a policy; the defaults suit deliveries inside one machine.
    package init(
        maximumAttempts: Int = 5, maximumAge: Duration? = nil, firstDelay: Duration = .seconds(1),
        maximumDelay: Duration = .seconds(300), jitter: Double = 0.5
    ) {
        precondition(maximumAttempts > 0, "a job is started at least once")
        precondition(firstDelay > .zero && maximumDelay >= firstDelay, "delays grow from above 0")
        precondition((0...1).contains(jitter), "jitter is a part of the delay")
        self.maximumAttempts = maximumAttempts
        self.maximumAge = maximumAge
        self.firstDelay = firstDelay
        self.maximumDelay = maximumDelay
        self.jitter = jitter
    }

    /// How long to wait after the failure of the attempt `attempt`, counted from 1.
    package func delay(afterAttempt attempt: Int, randomness: some Randomness) -> Duration {
        // 2^40 milliseconds are 35 years: more doublings change nothing and would overflow.
        let doublings = min(attempt - 1, 40)
        let first: Int64 = firstDelay.wholeMilliseconds
        let (grown, overflow) = first.multipliedReportingOverflow(by: 1 << Int64(doublings))
        let longest: Int64 = maximumDelay.wholeMilliseconds
        let delay = overflow ? longest : min(grown, longest)
        let spread = Double(delay) * jitter * randomness.fraction()
        return .milliseconds(max(1, delay - Int64(spread)))
    }
}
