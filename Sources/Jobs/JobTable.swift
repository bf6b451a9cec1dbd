internal import Platform
internal import Storage

/// The SQL of the table `jobs`.
///
/// A lease moves `available_at`, the time from which anybody may take the row, to the end of the lease. One
/// index then finds new jobs, retries, and those whose node has died. `due_at` keeps the time that was meant.
enum JobTable {
    static let schema = [
        """
        CREATE TABLE jobs (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            job_key TEXT,
            payload BLOB NOT NULL,
            enqueued_at BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            available_at BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            lease TEXT,
            given_up TEXT,
            last_error TEXT
        )
        """,
        "CREATE UNIQUE INDEX jobs_by_key ON jobs (kind, job_key)",
        "CREATE INDEX jobs_by_time ON jobs (kind, available_at)",
    ]

    /// Inserts a job. With a key that exists, it replaces that job or, where `replacing` is false, changes nothing.
    static func insert(
        _ job: Job, replacing: Bool, in transaction: any WriteTransaction
    ) throws -> Bool {
        // Replacing takes the lease away and gives the row another identity, so that whoever works on
        // the old job cannot complete the new one.
        let conflict = replacing
            ? """
            DO UPDATE SET id = excluded.id, payload = excluded.payload,
                enqueued_at = excluded.enqueued_at, due_at = excluded.due_at,
                available_at = excluded.available_at, attempts = 0, lease = NULL,
                given_up = NULL, last_error = NULL
            """ : "DO NOTHING"
        return try transaction.execute(
            """
            INSERT INTO jobs (id, kind, job_key, payload, enqueued_at, due_at, available_at, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (kind, job_key) \(conflict)
            """,
            job.id, job.kind, job.key, job.payload, job.enqueued, job.due, job.due) > 0
    }

    static func cancel(kind: String, key: String, in transaction: any WriteTransaction) throws -> Bool {
        try transaction.execute("DELETE FROM jobs WHERE kind = ? AND job_key = ?", kind, key) > 0
    }

    /// Leases up to `limit` jobs of a kind that are due, until `end`, in the order in which they were due.
    static func lease(
        kind: String, limit: Int, now: Instant, until end: Instant, token: String,
        in transaction: any WriteTransaction
    ) throws -> [LeasedRow] {
        let rows = try transaction.query(
            """
            UPDATE jobs SET lease = ?, available_at = ?, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM jobs WHERE kind = ? AND available_at <= ?
                ORDER BY available_at, id LIMIT ?)
            RETURNING id, job_key, payload, enqueued_at, due_at, attempts, last_error, given_up
            """, token, end, kind, now, limit)
        let leased = rows.map { row in
            let job = Job(
                id: row.string(0), kind: kind, key: row.optionalString(1), payload: row.bytes(2),
                enqueued: row.instant(3), due: row.instant(4), attempt: row.int(5),
                lastError: row.optionalString(6))
            return LeasedRow(
                job: job, givenUp: row.optionalString(7).flatMap(DeadLetterReason.init(rawValue:)))
        }
        return leased.sorted { ($0.job.due, $0.job.id) < ($1.job.due, $1.job.id) }
    }

    struct LeasedRow: Sendable {
        let job: Job
        let givenUp: DeadLetterReason?
    }

    /// Moves the end of a lease. False when the lease is lost.
    static func renew(
        id: String, token: String, until end: Instant, in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute(
            "UPDATE jobs SET available_at = ? WHERE id = ? AND lease = ?", end, id, token) > 0
    }

    /// Deletes a job that is done. False when the lease is lost.
    static func delete(
        id: String, token: String, in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute("DELETE FROM jobs WHERE id = ? AND lease = ?", id, token) > 0
    }

    static func reschedule(
        id: String, token: String, due: Instant, payload: [UInt8],
        in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute(
            """
            UPDATE jobs SET due_at = ?, available_at = ?, payload = ?, attempts = 0, lease = NULL,
                last_error = NULL
            WHERE id = ? AND lease = ?
            """, due, due, payload, id, token) > 0
    }

    /// Gives a job back after a failure, to be taken again at `due`.
    static func release(
        id: String, token: String, due: Instant, attempts: Int, error: String?,
        givenUp: DeadLetterReason?, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            UPDATE jobs SET due_at = ?, available_at = ?, attempts = ?, last_error = ?,
                given_up = ?, lease = NULL
            WHERE id = ? AND lease = ?
            """, due, due, attempts, error, givenUp?.rawValue, id, token)
    }

    /// When the first job of any of `kinds` becomes available.
    static func earliest(of kinds: [String], in transaction: any ReadTransaction) throws -> Instant? {
        // One look into the index a kind; MIN over several kinds would read them all.
        try kinds.compactMap { kind in
            try transaction.first("SELECT MIN(available_at) FROM jobs WHERE kind = ?", kind)?
                .optionalInstant(0)
        }.min()
    }
}
