internal import Storage

/// A transaction that a task waits for, and what has become of it so far.
protocol PendingTransaction: AnyObject, Sendable {
    /// Whether it may change rows.
    var mayWrite: Bool { get }

    /// Runs the body and keeps its result.
    func run(in transaction: SQLiteTransaction) throws

    /// Tells the task: the result that `run` kept, or `error`.
    func finish(error: (any Error)?)
}

/// A body with the task that waits for its result.
final class PendingBody<Result: Sendable>: PendingTransaction, @unchecked Sendable {
    // SAFETY: `result` is touched by the writer's thread only.

    let mayWrite: Bool
    private let body: @Sendable (SQLiteTransaction) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    private var result: Result?

    init(
        mayWrite: Bool, continuation: CheckedContinuation<Result, any Error>,
        body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) {
        self.mayWrite = mayWrite
        self.body = body
        self.continuation = continuation
    }

    func run(in transaction: SQLiteTransaction) throws {
        result = try body(transaction)
    }

    func finish(error: (any Error)?) {
        if let error {
            continuation.resume(throwing: error)
        } else if let result {
            continuation.resume(returning: result)
        } else {
            preconditionFailure("a transaction that has neither a result nor an error")
        }
    }
}
