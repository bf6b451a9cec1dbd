import Jobs
import Logging
import Platform
import Storage

/// A database with jobs and items, a queue on it, and a clock that stands still.
struct JobNode: Sendable {
    let database: any Database
    let clock = SimulatedClock()
    let queue: JobQueue

    init(_ database: any Database) {
        self.database = database
        queue = JobQueue(
            database: database, clock: clock, randomness: SystemRandomness(),
            logger: Logger(label: "test"))
    }

    /// Runs the queue for the time of `body`.
    func running(_ other: JobQueue? = nil, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await (other ?? queue).run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @discardableResult
    func enqueue(
        _ kind: String, payload: [UInt8] = [], notBefore: Instant? = nil, key: String? = nil,
        replacing: Bool = false, in other: JobQueue? = nil
    ) async throws -> Bool {
        try await database.write { transaction in
            try (other ?? queue).enqueue(
                kind, payload: payload, notBefore: notBefore, key: key, replacing: replacing,
                in: transaction)
        }
    }

    func count() async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM jobs")?.int(0) ?? 0 }
    }

    /// Returns when no more than `count` jobs are left.
    func waitUntilEmpty(but count: Int = 0) async throws {
        while try await self.count() > count { await Task.yield() }
    }

    struct Row {
        let due: Instant
    }

    /// Returns when a job that nobody works on is as `isFit` wants it.
    func waitForJob(_ isFit: (Row) -> Bool) async throws {
        while true {
            let rows = try await database.read { transaction in
                try transaction.query("SELECT due_at FROM jobs WHERE lease IS NULL").map {
                    $0.instant(0)
                }
            }
            if rows.contains(where: { isFit(Row(due: $0)) }) { break }
            await Task.yield()
        }
        // The loop has seen it as well, and sleeps until it is due.
        await clock.waitForSleepers(1)
    }
}

func withJobs(_ engine: Engine, _ body: (JobNode) async throws -> Void) async throws {
    let migrations = [
        JobQueue.migration(number: 1), Migration(number: 2, statements: itemsSchema),
    ]
    try await withDatabase(engine, migrations: migrations) { try await body(JobNode($0)) }
}
