internal import Glibc
internal import Platform
internal import Storage
internal import Synchronization

/// The connections to the server, shared by all databases, and the threads that wait for it.
final class PostgresPool: Sendable {
    /// How often a transaction is run at most when others get in its way.
    static let attempts = 24
    /// After how many of these it queues behind the others that have failed.
    static let attemptsBeforeQueueing = 2
    /// The longest pause between two attempts.
    static let longestPauseMicroseconds = 32_000

    private struct State: Sendable {
        var idle: [PostgresConnection] = []
        var isClosed = false
    }

    /// The locks of ours on the server: the first of the two numbers of an advisory lock.
    enum Lock: Int32 {
        /// Held while a schema is made or brought up to date.
        case migration = 0x4150_5501
        /// Held by a transaction that has lost against others before.
        case queue = 0x4150_5502
    }

    private let url: String
    private let randomness: any Randomness
    private let threads: ThreadPool
    private let state = Mutex(State())

    init(url: String, connections: Int, randomness: any Randomness) {
        self.url = url
        self.randomness = randomness
        threads = ThreadPool(name: "postgres", maximumThreads: connections)
    }

    /// Runs `body` in a transaction, again and again while others get in its way or the server
    /// comes back.
    ///
    /// - Parameter lock: held from before the transaction until after it.
    func transact<Result: Sendable>(
        _ mode: PostgresTransaction.Mode, schema: String, lock: Lock? = nil,
        _ body: @escaping @Sendable (PostgresTransaction, PostgresConnection) throws -> Result
    ) async throws -> Result {
        do {
            return try await threads.run { [self] in
                try retrying(mode, schema: schema, lock: lock, body)
            }
        } catch is ThreadPoolClosed {
            throw StorageError(.unavailable, "the database is closed")
        }
    }

    func close() async {
        await threads.close()
        state.withLock { state in
            state.isClosed = true
            state.idle = []
        }
    }
}

// MARK: - One transaction

extension PostgresPool {
    private enum Outcome<Result> {
        case done(Result)
        /// Nothing is done, and another attempt may succeed.
        case again(StorageError)
        case failed(any Error)
    }

    private func retrying<Result>(
        _ mode: PostgresTransaction.Mode, schema: String, lock: Lock?,
        _ body: (PostgresTransaction, PostgresConnection) throws -> Result
    ) throws -> Result {
        var attempt = 1
        while true {
            // Who has lost waits for the others who have, before the transaction takes its
            // snapshot, so that of those that queue one succeeds each time.
            let lock = lock ?? (attempt > Self.attemptsBeforeQueueing ? .queue : nil)
            switch try attemptOnce(mode, schema: schema, lock: lock, body) {
            case .done(let result): return result
            case .failed(let error): throw error
            case .again(let error) where attempt == Self.attempts: throw error
            case .again: pause(afterAttempt: attempt)
            }
            attempt += 1
        }
    }

    private func attemptOnce<Result>(
        _ mode: PostgresTransaction.Mode, schema: String, lock: Lock?,
        _ body: (PostgresTransaction, PostgresConnection) throws -> Result
    ) throws -> Outcome<Result> {
        let connection = try take()
        defer { giveBack(connection) }
        do throws(StorageError) {
            if let lock { try connection.run(Self.call("pg_advisory_lock", lock, schema)) }
            try connection.begin(mode, schema: schema)
        } catch {
            return connection.isBroken ? .again(error) : .failed(error)
        }
        defer {
            if let lock { try? connection.run(Self.call("pg_advisory_unlock", lock, schema)) }
        }
        return run(body, in: PostgresTransaction(connection, mode: mode), connection)
    }

    private func run<Result>(
        _ body: (PostgresTransaction, PostgresConnection) throws -> Result,
        in transaction: PostgresTransaction, _ connection: PostgresConnection
    ) -> Outcome<Result> {
        let result: Result
        do {
            result = try body(transaction, connection)
            if let failure = transaction.failure { throw failure }
        } catch {
            let failure = transaction.failure
            if connection.isBroken { return failure.map { .again($0) } ?? .failed(error) }
            try? connection.run("ROLLBACK")
            // Whatever the body has made of it, a conflict is for us to solve.
            if let failure, failure.kind == .conflict { return .again(failure) }
            return .failed(error)
        }
        do throws(StorageError) {
            try connection.run("COMMIT")
        } catch {
            // When the server goes now, nobody knows whether it has committed: no other attempt.
            return error.kind == .conflict ? .again(error) : .failed(error)
        }
        for action in transaction.actions { action() }
        return .done(result)
    }

    /// Blocks the thread, which is the connection's own, a little longer after each attempt.
    private func pause(afterAttempt attempt: Int) {
        let longest = min(Self.longestPauseMicroseconds, 500 << min(attempt, 10))
        usleep(UInt32(Double(longest) * randomness.fraction()))
    }

    private static func call(_ function: String, _ lock: Lock, _ schema: String) -> String {
        // FNV-1a: schemas that share a number would only wait for each other.
        let hash = schema.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return "SELECT \(function)(\(lock.rawValue), \(Int32(bitPattern: hash)))"
    }
}

// MARK: - Connections

extension PostgresPool {
    private func take() throws(StorageError) -> PostgresConnection {
        if let idle = state.withLock({ $0.idle.popLast() }) { return idle }
        return try PostgresConnection(url: url)
    }

    private func giveBack(_ connection: PostgresConnection) {
        state.withLock { state in
            if connection.isBroken {
                // The server is gone, or was: the others have lost it as well.
                state.idle = []
            } else if connection.isIdle, !state.isClosed {
                state.idle.append(connection)
            }
        }
    }
}
