/// How the jobs of one kind are done.
package struct JobHandler: Sendable {
    /// Does the job. Throwing means that it is to be tried again as the policy says.
    ///
    /// It may run more than once for the same job (after a crash, or when the lease is lost), so
    /// effects either bear that, or are written in one transaction with `LeasedJob.complete(in:)`.
    package typealias Run = @Sendable (LeasedJob) async throws -> JobOutcome

    /// Takes a job that is given up. Throwing means that it is handed over again later.
    package typealias DeadLetter = @Sendable (LeasedJob, DeadLetterReason) async throws -> Void

    /// The kind of job that it does.
    package let kind: String
    /// How many it does at a time on this node.
    package let concurrency: Int
    /// How long a job that nobody renews stays with the node that leased it. The queue renews in
    /// time, however long a job takes; this is how soon another node takes over after a crash.
    package let lease: Duration
    /// When to try again, and when to give up.
    package let retries: RetryPolicy
    let run: Run
    let deadLetter: DeadLetter

    /// Describes how jobs of a kind are done.
    ///
    /// - Parameter deadLetter: takes a job that is given up; by default it is dropped and logged.
    package init(
        kind: String, concurrency: Int = 16, lease: Duration = .seconds(30),
        retries: RetryPolicy = RetryPolicy(), run: @escaping Run,
        deadLetter: @escaping DeadLetter = { _, _ in }
    ) {
        precondition(concurrency > 0, "a handler does at least one job at a time")
        precondition(lease >= .seconds(1), "a lease under a second cannot be renewed in time")
        self.kind = kind
        self.concurrency = concurrency
        self.lease = lease
        self.retries = retries
        self.run = run
        self.deadLetter = deadLetter
    }
}
