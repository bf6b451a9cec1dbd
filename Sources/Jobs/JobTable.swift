internal import Platform
internal import Storage

/// The SQL of the table `jobs`.
///
/// A lease moves `available_at`, the time from which anybody may take the row, to the end of the
/// lease. One index then finds new jobs, retries, and those whose node has died. `due_at` keeps the
/// time that was meant.
enum JobTable {
    /// A row that has just been leased.
    struct LeasedRow: Sendable {
        let job: Job
        /// Why it is to be handed to the dead-letter handler, if it is.
        let givenUp: DeadLetterReason?
    }

    static let schema = [
        """
        CREATE TABLE jobs (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            job_key TEXT,
            payload BLOB NOT NULL,
            owed_since BIGINT NOT NULL,
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

    /// Inserts a job. With a key that exists, it replaces that job or, where `replacing` is false,
    /// changes nothing.
    static func insert(
        _ job: Job, replacing: Bool, in transaction: any WriteTransaction
    ) throws -> Bool {
        // Replacing takes the lease away and gives the row another identity, so that whoever works
        // on the old job cannot complete the new one.
        let conflict =
            replacing
            ? """
            DO UPDATE SET id = excluded.id, payload = excluded.payload,
                owed_since = excluded.owed_since, due_at = excluded.due_at,
                available_at = excluded.available_at, attempts = 0, lease = NULL,
                given_up = NULL, last_error = NULL
            """ : "DO NOTHING"
        return try transaction.execute(
            """
            INSERT INTO jobs (id, kind, job_key, payload, owed_since, due_at, available_at, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (kind, job_key) \(conflict)
            """,
            job.id, job.kind, job.key, job.payload, job.owedSince, job.due, job.due) > 0
    }

    static func cancel(kind: String, key: String, in transaction: any WriteTransaction) throws
        -> Bool
    {
        try transaction.execute("DELETE FROM jobs WHERE kind = ? AND job_key = ?", kind, key) > 0
    }

    /// Leases up to `limit` jobs of a kind that are due, until `end`, in the order in which they
    /// were due.
    static func lease(
        kind: String, limit: Int, now: Instant, until end: Instant, token: String,
        in transaction: any WriteTransaction
    ) throws -> [LeasedRow] {
        let rows = try transaction.query(
            """
            UPDATE jobs SET lease = ?, available_at = ?,
                attempts = attempts + CASE WHEN given_up IS NULL THEN 1 ELSE 0 END
            WHERE id IN (
                SELECT id FROM jobs WHERE kind = ? AND available_at <= ?
                ORDER BY available_at, id LIMIT ?)
            RETURNING id, job_key, payload, owed_since, due_at, attempts, last_error, given_up
            """, token, end, kind, now, limit)
        let leased = rows.map { row in
            let job = Job(
                id: row.string(0), kind: kind, key: row.optionalString(1), payload: row.bytes(2),
                owedSince: row.instant(3), due: row.instant(4), attempt: row.int(5),
                lastError: row.optionalString(6))
            return LeasedRow(
                job: job, givenUp: row.optionalString(7).flatMap(DeadLetterReason.init(rawValue:)))
        }
        return leased.sorted { ($0.job.due, $0.job.id) < ($1.job.due, $1.job.id) }
    }

    /// Moves the end of a lease.
    static func renew(
        _ lease: Lease, until end: Instant, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            "UPDATE jobs SET available_at = ? WHERE id = ? AND lease = ?", end, lease.id,
            lease.token)
    }

    /// Deletes a job that is done. False when the lease is lost.
    static func delete(
        _ lease: Lease, in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute(
            "DELETE FROM jobs WHERE id = ? AND lease = ?", lease.id, lease.token) > 0
    }

    static func reschedule(
        _ lease: Lease, due: Instant, payload: [UInt8],
        in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute(
            """
            UPDATE jobs SET owed_since = ?, due_at = ?, available_at = ?, payload = ?, attempts = 0,
                lease = NULL, last_error = NULL
            WHERE id = ? AND lease = ?
            """, due, due, due, payload, lease.id, lease.token) > 0
    }

    /// Gives a job back, to be taken again at `due`.
    static func release(
        _ lease: Lease, due: Instant, attempts: Int, error: String?,
        givenUp: DeadLetterReason?, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            UPDATE jobs SET due_at = ?, available_at = ?, attempts = ?, last_error = ?,
                given_up = ?, lease = NULL
            WHERE id = ? AND lease = ?
            """, due, due, attempts, error, givenUp?.rawValue,
            lease.id, lease.token)
    }

    /// When the first job of any of `kinds` becomes available.
    static func earliest(of kinds: Set<String>, in transaction: any ReadTransaction) throws
        -> Instant?
    {
        // One look into the index a kind; MIN over several kinds would read them all.
        try kinds.compactMap { kind in
            try transaction.first("SELECT MIN(available_at) FROM jobs WHERE kind = ?", kind)?
                .optionalInstant(0)
        }.min()
    }
}
