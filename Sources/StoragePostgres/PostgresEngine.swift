package import Logging
package import Platform
package import Storage
internal import Synchronization

/// The engine for many nodes: one PostgreSQL server, a schema for each database.
package final class PostgresEngine: StorageEngine {
    private let pool: PostgresPool
    private let logger: Logger
    private let databases = Mutex<[String: PostgresDatabase]>([:])

    /// Makes an engine; it connects when the first database is opened.
    ///
    /// - Parameters:
    ///   - url: `postgres://user:password@host:port/database?option=value`, or the `key=value` form
    ///     of libpq (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING). It is
    ///     never logged.
    ///   - connections: how many transactions of this node are under way at a time, over all
    ///     databases.
    package init(
        url: String, connections: Int = 16, randomness: any Randomness, logger: Logger
    ) {
        pool = PostgresPool(url: url, connections: connections, randomness: randomness)
        self.logger = logger
    }

    package func database(
        named name: String, migrations: [Migration]
    ) async throws -> any Database {
        precondition(MigrationHistory.isValidName(name), "\(name) is no name for a database")
        if let open = databases.withLock({ $0[name] }) { return open }
        let database = try await PostgresDatabase(
            schema: name, migrations: migrations, pool: pool)
        logger.debug("database open", metadata: ["database": "\(name)"])
        databases.withLock { $0[name] = database }
        return database
    }

    package func reset() async throws {
        let databases = databases.withLock { Array($0.values) }
        try await withThrowingTaskGroup { group in
            for database in databases { group.addTask { try await database.reset() } }
            try await group.waitForAll()
        }
    }

    package func close() async {
        await pool.close()
    }
}
