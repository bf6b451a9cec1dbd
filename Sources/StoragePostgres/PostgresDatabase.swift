internal import Storage

/// A database in a schema of its own.
final class PostgresDatabase: Database {
    private let schema: String
    private let pool: PostgresPool

    /// Makes the schema where there is none and brings it up to date, also when many nodes start at
    /// once.
    init(schema: String, migrations: [Migration], pool: PostgresPool) async throws {
        self.schema = schema
        self.pool = pool
        try await pool.transact(.write, schema: schema, lock: .migration) {
            transaction, connection in
            try connection.run("CREATE SCHEMA IF NOT EXISTS \"\(schema)\"")
            try connection.run(Self.schema(MigrationHistory.schema))
            try MigrationHistory.bringUpToDate(schema, to: migrations, in: transaction) {
                statement in
                try connection.run(Self.schema(statement))
            }
        }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        try await pool.transact(.read, schema: schema) { transaction, _ in try body(transaction) }
    }

    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result {
        try await pool.transact(.write, schema: schema) { transaction, _ in try body(transaction) }
    }

    /// Deletes every row.
    func reset() async throws {
        try await write { [schema] transaction in
            let tables = try transaction.query(
                "SELECT tablename FROM pg_tables WHERE schemaname = ? AND tablename <> ?", schema,
                MigrationHistory.table)
            for table in tables { try transaction.execute("DELETE FROM \"\(table.string(0))\"") }
        }
    }

    /// The shared SQL of a schema in PostgreSQL's. Text is compared by its bytes, as SQLite does,
    /// and not as the server's language would have it.
    private static func schema(_ statement: String) -> String {
        SQLText.replacingWords(
            in: statement,
            with: [
                "TEXT": "TEXT COLLATE \"C\"", "DOUBLE": "DOUBLE PRECISION", "BLOB": "BYTEA",
                "CLUSTERED": "",
            ])
    }
}
