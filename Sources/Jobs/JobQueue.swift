package import Logging
package import Platform
package import Storage
internal import Synchronization

/// The work that a service owes: rows in the service's own database, written in the transaction of their
/// cause, leased, retried, and handed to a dead-letter handler in the end.
///
/// ```swift
/// let database = try await engine.database(
///     named: "lambda", migrations: [JobQueue.migration(number: 1), …])
/// let jobs = JobQueue(database: database, clock: clock, randomness: randomness, logger: logger)
/// jobs.register(JobHandler(kind: "invoke") { leased in …; return .done })
///
/// try await database.write { transaction in
///     try transaction.execute("INSERT …")
///     try jobs.enqueue("invoke", payload: event, in: transaction)
/// }
/// try await jobs.run()  // beside the service, until cancelled
/// ```
///
/// A job is started at least once, and completed exactly once. Any number of nodes share the rows.
package final class JobQueue: Sendable {
    let database: any Database
    let clock: any Clock
    let randomness: any Randomness
    let logger: Logger
    let wake = WakeSignal()
    private let registered = Mutex<[String: JobHandler]>([:])
    private let made = Atomic<UInt32>(0)

    /// Makes the queue of a service.
    ///
    /// - Parameter database: the service's, with `migration(number:)` among its migrations.
    package init(
        database: any Database, clock: any Clock, randomness: any Randomness, logger: Logger
    ) {
        self.database = database
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
    }

    /// The step of a service's migrations that makes the table `jobs`.
    package static func migration(number: Int) -> Migration {
        Migration(number: number, statements: JobTable.schema)
    }

    /// Names the handler of a kind, before `run()`. Jobs of other kinds stay where they are.
    package func register(_ handler: JobHandler) {
        let previous = registered.withLock { $0.updateValue(handler, forKey: handler.kind) }
        precondition(previous == nil, "two handlers for jobs of kind \(handler.kind)")
    }

    /// Owes a job from the commit of `transaction` on.
    ///
    /// - Parameters:
    ///   - kind: which handler does it.
    ///   - payload: what the handler needs to know.
    ///   - notBefore: when it is to be done; nil is at once.
    ///   - key: makes the job the only one of its kind with this name.
    ///   - replacing: whether a job with the same key makes room for this one, or this one is
    ///     dropped. A handler at work on the replaced job is not stopped; it cannot complete it.
    /// - Returns: false when a job with the same key was there and stayed.
    /// - Throws: `StorageError`.
    @discardableResult
    package func enqueue(
        _ kind: String, payload: [UInt8] = [], notBefore: Instant? = nil, key: String? = nil,
        replacing: Bool = false, in transaction: any WriteTransaction
    ) throws -> Bool {
        let now = clock.now
        let due = notBefore ?? now
        let job = Job(
            id: identifier(now), kind: kind, key: key, payload: payload, owedSince: max(now, due),
            due: due)
        let inserted = try JobTable.insert(job, replacing: replacing, in: transaction)
        if inserted { transaction.afterCommit { [wake] in wake.signal() } }
        return inserted
    }

    /// Owes the job `key` no longer. A handler at work on it is not stopped; it cannot complete it.
    ///
    /// - Returns: whether there was such a job.
    /// - Throws: `StorageError`.
    @discardableResult
    package func cancel(
        _ kind: String, key: String, in transaction: any WriteTransaction
    ) throws -> Bool {
        try JobTable.cancel(kind: kind, key: key, in: transaction)
    }

    /// Does jobs until the task is cancelled; those under way are then given back to be done again.
    package func run() async {
        await JobRunner(queue: self, handlers: registered.withLock { Array($0.values) }).run()
    }

    /// 30 hexadecimal digits that sort by the time and, within a process, by the order of making.
    private func identifier(_ now: Instant) -> String {
        let count = made.add(1, ordering: .relaxed).oldValue
        return Hexadecimal.string(UInt64(bitPattern: now.milliseconds), digits: 12)
            + Hexadecimal.string(UInt64(count), digits: 8)
            + randomness.string(10, from: .lowercaseHex)
    }
}
