internal import Glibc
package import Logging
internal import Platform
package import Storage
internal import Synchronization

/// The embedded engine: a file for each database, one writer with group commit, and readers that
/// wait for nobody.
package final class SQLiteEngine: StorageEngine {
    /// Where the databases are.
    package enum Location: Sendable {
        /// In files of this directory, which is made where its parent exists.
        case directory(String)
        /// In memory. Nothing is kept, and nothing synced.
        case memory
    }

    /// How many reads are under way at a time, over all databases.
    private static let readerThreads = 8

    private struct State: Sendable {
        var databases: [String: SQLiteDatabase] = [:]
        var isClosed = false
    }

    private let location: Location
    private let logger: Logger
    private let threads = ThreadPool(name: "sqlite-reader", maximumThreads: readerThreads)
    private let state = Mutex(State())

    /// Makes an engine; databases are opened one by one.
    package init(location: Location, logger: Logger) {
        self.location = location
        self.logger = logger
    }

    package func database(
        named name: String, migrations: [Migration]
    ) async throws -> any Database {
        precondition(MigrationHistory.isValidName(name), "\(name) is no name for a database")
        if let open = state.withLock({ $0.databases[name] }) { return open }
        let database = try await threads.run { [location, threads] in
            try SQLiteDatabase(
                name: name, path: try Self.path(of: name, in: location), migrations: migrations,
                threads: threads)
        }
        logger.debug("database open", metadata: ["database": "\(name)"])
        return state.withLock { state in
            // Whoever opened it at the same time and was first has the one that counts.
            if let open = state.databases[name] { return open }
            state.databases[name] = database
            return database
        }
    }

    package func reset() async throws {
        let databases = state.withLock { Array($0.databases.values) }
        try await withThrowingTaskGroup { group in
            for database in databases { group.addTask { try await database.reset() } }
            try await group.waitForAll()
        }
    }

    package func close() async {
        let databases = state.withLock { state in
            defer {
                state.databases = [:]
                state.isClosed = true
            }
            return state.isClosed ? nil : Array(state.databases.values)
        }
        guard let databases else { return }
        try? await threads.run {
            for database in databases { database.close() }
        }
        await threads.close()
    }

    private static func path(of name: String, in location: Location) throws(StorageError) -> String?
    {
        guard case .directory(let directory) = location else { return nil }
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw StorageError(
                .unavailable, "cannot make \(directory): \(String(cString: strerror(errno)))")
        }
        return "\(directory)/\(name).sqlite"
    }
}
