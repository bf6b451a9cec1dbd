internal import Platform
package import Storage
internal import Synchronization

/// A database in a file of its own, or in memory.
package final class SQLiteDatabase: Database {
    let name: String
    private let readers: Readers
    private let writer: SQLiteWriter

    /// How reads get at the data.
    private enum Readers: Sendable {
        /// On connections of their own, which see the last commit and wait for nobody.
        case pooled(SQLiteReaderPool)
        /// Between the writes, on the one connection that a database in memory has.
        case withWriter
    }

    /// Opens the file at `path`, or a new database in memory where that is nil, and brings its
    /// schema up to date.
    ///
    /// Blocks the thread.
    init(name: String, path: String?, migrations: [Migration], threads: ThreadPool) throws {
        self.name = name
        let connection: SQLiteConnection
        if let path {
            connection = try SQLiteConnection(path: path, mode: .readWrite)
            readers = .pooled(SQLiteReaderPool(path: path, threads: threads))
        } else {
            connection = try SQLiteConnection(path: ":memory:", mode: .memory)
            readers = .withWriter
        }
        try Self.bringUpToDate(name, connection, to: migrations)
        writer = SQLiteWriter(connection)
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        switch readers {
        case .pooled(let pool): try await pool.read(body)
        case .withWriter: try await submit(mayWrite: false, body)
        }
    }

    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result {
        try await submit(mayWrite: true, body)
    }

    /// How well writers share commits.
    package var statistics: SQLiteStatistics { writer.statistics }

    /// Deletes every row.
    func reset() async throws {
        try await write { transaction in
            let tables = try transaction.query(
                """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ?
                """, MigrationHistory.table)
            for table in tables { try transaction.execute("DELETE FROM \"\(table.string(0))\"") }
        }
    }

    /// Lets nothing more in and waits for what is under way. Blocks the thread.
    func close() {
        if case .pooled(let pool) = readers { pool.close() }
        writer.close()
    }

    private func submit<Result: Sendable>(
        mayWrite: Bool, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(
                PendingBody(mayWrite: mayWrite, continuation: continuation, body: body))
        }
    }

    private static func bringUpToDate(
        _ name: String, _ connection: SQLiteConnection, to migrations: [Migration]
    ) throws {
        try connection.run("BEGIN IMMEDIATE")
        do {
            try connection.run(schema(MigrationHistory.schema))
            let transaction = SQLiteTransaction(connection, mayWrite: true)
            try MigrationHistory.bringUpToDate(name, to: migrations, in: transaction) { statement in
                try connection.run(schema(statement))
            }
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw error
        }
    }

    /// The shared SQL of a schema in SQLite's: its tables are strict, so that types hold here as
    /// they do in PostgreSQL.
    private static func schema(_ statement: String) -> String {
        let typed = SQLText.replacingWords(
            in: statement,
            with: ["BIGINT": "INTEGER", "DOUBLE": "REAL", "CLUSTERED": "WITHOUT ROWID,"])
        return typed.hasPrefix("CREATE TABLE") ? typed + " STRICT" : typed
    }
}
