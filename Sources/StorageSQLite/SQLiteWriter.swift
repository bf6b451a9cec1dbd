internal import Platform
internal import Storage
internal import Synchronization

/// The one thread that changes a database. It lets the transactions that wait share a commit, and
/// so a sync of the disk (docs/adr/0002-group-commit.md).
final class SQLiteWriter: Sendable {
    /// How many transactions may wait: far more than requests are served at a time.
    static let waitingTransactions = 16_384
    /// How many transactions share a commit at most.
    static let transactionsPerCommit = 512
    /// How long transactions may still join a commit after its first has begun.
    static let gathering = Duration.milliseconds(10)

    private struct State: Sendable {
        var waiting = FIFO<any PendingTransaction>()
        var thread: Thread?
        var isClosed = false
    }

    private let connection: SQLiteConnection
    private let monitor = Monitor(State())
    private let transactions = Atomic<Int>(0)
    private let commits = Atomic<Int>(0)

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    var statistics: SQLiteStatistics {
        SQLiteStatistics(
            transactions: transactions.load(ordering: .relaxed),
            commits: commits.load(ordering: .relaxed),
            waiting: monitor.withLock { $0.waiting.count })
    }

    func submit(_ pending: any PendingTransaction) {
        let refusal: StorageError? = monitor.change { state in
            if state.isClosed { return StorageError(.unavailable, "the database is closed") }
            if state.waiting.count >= Self.waitingTransactions {
                return StorageError(.overloaded, "\(state.waiting.count) transactions wait")
            }
            state.waiting.append(pending)
            if state.thread == nil { state.thread = Thread(name: "sqlite-writer") { self.work() } }
            return nil
        }
        if let refusal { pending.finish(error: refusal) }
    }

    /// Lets nothing more in, waits for what has been let in, and closes the connection. Blocks the
    /// thread.
    func close() {
        let thread = monitor.change { state in
            state.isClosed = true
            return state.thread
        }
        thread?.join()
        connection.close()
    }

    private func work() {
        while true {
            let first: [any PendingTransaction] = monitor.wait { state in
                let next = state.waiting.take(Self.transactionsPerCommit)
                if next.isEmpty { return state.isClosed ? .found([]) : .wait }
                return .found(next)
            }
            if first.isEmpty { return }
            commit(first)
        }
    }

    /// Runs `first`, and what comes meanwhile, in one transaction of SQLite, and then tells
    /// everybody.
    ///
    /// Also a body's own error is told only after the commit: it may speak of what an earlier body
    /// of the same commit has changed, which nobody knows to be true before.
    private func commit(_ first: [any PendingTransaction]) {
        var group = Group(members: first)
        do throws(StorageError) {
            try connection.run("BEGIN IMMEDIATE")
            let deadline = ContinuousClock.now + Self.gathering
            while let pending = group.next {
                group.note(try run(pending))
                let places = Self.transactionsPerCommit - group.members.count
                if group.next == nil, places > 0, ContinuousClock.now < deadline {
                    group.members += monitor.withLock { $0.waiting.take(places) }
                }
            }
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            for pending in group.members { pending.finish(error: error) }
            return
        }
        transactions.add(group.members.count, ordering: .relaxed)
        commits.add(1, ordering: .relaxed)
        for action in group.actions { action() }
        for (pending, error) in zip(group.members, group.errors) { pending.finish(error: error) }
    }

    /// The transactions that share a commit.
    private struct Group {
        var members: [any PendingTransaction]
        /// What the bodies that have run threw.
        private(set) var errors: [(any Error)?] = []
        private(set) var actions: [@Sendable () -> Void] = []

        init(members: [any PendingTransaction]) {
            self.members = members
        }

        /// The first whose body has not run.
        var next: (any PendingTransaction)? {
            errors.count < members.count ? members[errors.count] : nil
        }

        mutating func note(_ outcome: Result<[@Sendable () -> Void], any Error>) {
            switch outcome {
            case .success(let actions):
                self.actions += actions
                errors.append(nil)
            case .failure(let error):
                errors.append(error)
            }
        }
    }

    /// Runs a body in a savepoint, so that it takes back no changes but its own. Answers what it
    /// wants done after the commit, or its error.
    ///
    /// - Throws: what ends the whole group: a full disk, for instance, rolls back everything.
    private func run(
        _ pending: any PendingTransaction
    ) throws(StorageError) -> Result<[@Sendable () -> Void], any Error> {
        try connection.statement("SAVEPOINT body").run()
        let transaction = SQLiteTransaction(connection, mayWrite: pending.mayWrite)
        let outcome: Result<[@Sendable () -> Void], any Error>
        do {
            try pending.run(in: transaction)
            if let failure = transaction.failure { throw failure }
            outcome = .success(transaction.actions)
        } catch {
            guard connection.isInTransaction else {
                throw transaction.failure ?? StorageError(.unavailable, "\(error)")
            }
            try connection.statement("ROLLBACK TO body").run()
            outcome = .failure(error)
        }
        try connection.statement("RELEASE body").run()
        return outcome
    }
}
