/// The database of one service.
///
/// Transactions are serializable. Their bodies are synchronous on purpose: nothing but the
/// transaction can be waited for while it is open. PostgreSQL may run a body again after a conflict
/// with another node, so a body changes nothing but the database; what must happen once goes into
/// `afterCommit` or after the call.
package protocol Database: Sendable {
    /// Runs `body` on a snapshot of the database. Never waits for a writer.
    ///
    /// - Throws: what `body` throws, or `StorageError`.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result

    /// Runs `body` in a transaction and returns once its changes are on disk.
    ///
    /// Concurrent writers share the cost of a sync, so many small transactions are cheap; a body
    /// that throws takes back its own changes and nobody else's. A write is not cancelled
    /// with its task: it always has a definite end.
    ///
    /// - Throws: what `body` throws, or `StorageError`.
    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result
}
