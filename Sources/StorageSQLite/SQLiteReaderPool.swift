internal import Platform
internal import Storage
internal import Synchronization

/// The connections on which a database is read. There are as many as have been needed at a time.
final class SQLiteReaderPool: Sendable {
    private struct State: Sendable {
        var idle: [SQLiteConnection] = []
        var isClosed = false
    }

    private let path: String
    private let threads: ThreadPool
    private let state = Mutex(State())

    init(path: String, threads: ThreadPool) {
        self.path = path
        self.threads = threads
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await threads.run { [self] in
                let connection = try take()
                defer { giveBack(connection) }
                return try Self.run(body, on: connection)
            }
        } catch is ThreadPoolClosed {
            throw Self.closed
        }
    }

    private static func run<Result>(
        _ body: (any ReadTransaction) throws -> Result, on connection: SQLiteConnection
    ) throws -> Result {
        let transaction = SQLiteTransaction(connection, mayWrite: false)
        try connection.statement("BEGIN").run()
        defer { if connection.isInTransaction { try? connection.statement("ROLLBACK").run() } }
        let result = try body(transaction)
        if let failure = transaction.failure { throw failure }
        return result
    }

    private static let closed = StorageError(.unavailable, "the database is closed")

    /// Closes the connections; those in use when they are given back.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.idle = []
        }
    }

    private func take() throws(StorageError) -> SQLiteConnection {
        let idle = try state.withLock { state throws(StorageError) in
            if state.isClosed { throw Self.closed }
            return state.idle.popLast()
        }
        if let idle { return idle }
        return try SQLiteConnection(path: path, mode: .readOnly)
    }

    private func giveBack(_ connection: SQLiteConnection) {
        state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
        }
    }
}
