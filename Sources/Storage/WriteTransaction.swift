/// A transaction that changes the database. It sees its own changes, nobody else does until it
/// commits.
package protocol WriteTransaction: ReadTransaction {
    /// Runs one statement that changes rows and answers how many it changed.
    ///
    /// - Throws: `StorageError`, `.uniqueConstraint` among its kinds.
    @discardableResult
    func execute(_ sql: String, values: [SQLValue]) throws -> Int

    /// Does `action` once this transaction is on disk, before `write` returns, and never if it
    /// rolls back.
    ///
    /// Actions run in order on the writer's thread, so they signal; they do not work.
    func afterCommit(_ action: @escaping @Sendable () -> Void)
}

extension WriteTransaction {
    /// Runs one statement that changes rows and answers how many it changed.
    ///
    /// - Throws: `StorageError`, `.uniqueConstraint` among its kinds.
    @discardableResult
    package func execute(_ sql: String, _ values: (any SQLConvertible)?...) throws -> Int {
        try execute(sql, values: values.map(SQLValue.init))
    }
}
