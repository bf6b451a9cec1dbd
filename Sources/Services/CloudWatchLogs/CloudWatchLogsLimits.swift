/// The quotas of CloudWatch Logs.
///
/// Source, where no other is named: "CloudWatch Logs quotas" in the user guide, and the limits of `PutLogEvents`.
enum CloudWatchLogsLimits {
    /// Bytes of a batch, each event with its overhead.
    static let batchBytes = 1_048_576
    /// Events of a batch.
    static let batchEvents = 10_000
    /// Bytes that an event counts beside its message.
    static let eventOverheadBytes = 26
    /// Bytes of one event with its overhead ("Each log event can be no larger than 1 MB").
    static let eventBytes = 1_048_576
    /// The longest time between the first and the last event of a batch.
    static let batchSpan = Duration.seconds(24 * 3600)
    /// How far in the past an event may lie.
    static let oldestEvent = Duration.seconds(14 * 24 * 3600)
    /// How far in the future an event may lie.
    static let newestEvent = Duration.seconds(2 * 3600)

    /// Events of a page of `GetLogEvents` and `FilterLogEvents`, and the number where none is asked for.
    static let pageEvents = 10_000
    /// Bytes of a page of `GetLogEvents` and `FilterLogEvents`, each event with its overhead.
    static let pageBytes = 1_048_576
    /// Events that one `FilterLogEvents` looks at before it answers with what it has and a token. Ours: AWS
    /// says that a page may be short, not when.
    static let scannedEvents = 200_000
    /// Groups or streams of a page, and the number where none is asked for.
    static let describedItems = 50

    /// Tags of a log group.
    static let tags = 50
    /// Regular expressions in a pattern of fields or JSON ("Supported regular expressions", quotas).
    static let regexesPerPattern = 2

    /// The days that events may be kept (`PutRetentionPolicy`).
    static let retentionDays: Set<Int> = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
        2922, 3288, 3653,
    ]
    /// How often expired events are deleted. Ours; what has expired is not answered in between either.
    static let retentionSweep = Duration.seconds(3600)
    /// Events deleted in one transaction, so that writers never wait long. Ours.
    static let deletedEvents = 5_000
    /// Rows of one `INSERT`. Ours: with six parameters a row, far below what either engine takes.
    static let insertedRows = 100
    /// Rows that a reader takes at a time. Ours.
    static let readRows = 500
}
