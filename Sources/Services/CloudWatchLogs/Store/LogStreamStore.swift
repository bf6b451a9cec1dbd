import CloudWatchLogsModel
import Jobs
import Platform
import Storage
import Wire

/// The log streams of groups.
struct LogStreamStore: Sendable {
    let database: any Database
    let jobs: JobQueue

    /// Which streams `DescribeLogStreams` asks for.
    struct Selection: Sendable {
        enum Order: Sendable {
            case name, lastEvent
        }

        var prefix: String?
        var order = Order.name
        var isDescending = false
        /// The stream after which to go on: its name, and with it the time of its last event.
        var after: StreamPlace?
        var limit: Int
    }

    /// Makes a log stream.
    ///
    /// - Throws: `ResourceNotFoundException`, `ResourceAlreadyExistsException`.
    func create(_ name: String, of group: String, id: Int64, now: Instant, in scope: LogScope)
        async throws
    {
        try await database.write { transaction in
            let group = try transaction.logGroup(group, in: scope)
            let inserted = try transaction.execute(
                "INSERT INTO log_streams (id, group_id, name, created, stored_bytes, last_sequence) "
                    + "VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (group_id, name) DO NOTHING",
                id, group.id, name, now)
            guard inserted == 1 else { throw LogFailure.streamExists }
        }
    }

    /// Deletes a log stream. Its events are out of reach at once; a job removes their rows.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func delete(_ name: String, of group: String, in scope: LogScope) async throws {
        try await database.write { [jobs] transaction in
            let group = try transaction.logGroup(group, in: scope)
            let stream = try transaction.logStream(name, of: group)
            try transaction.execute("DELETE FROM log_streams WHERE id = ?", stream.id)
            try EventPurge.stream(stream.id).enqueue(on: jobs, in: transaction)
        }
    }

    /// A page of a group's streams.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func streams(of group: String, _ selection: Selection, in scope: LogScope) async throws
        -> [LogStreamRecord]
    {
        var conditions = ["group_id = ?"]
        var values: [SQLValue] = []
        if let prefix = selection.prefix {
            let range = TextPrefix.condition(on: "name", prefix)
            conditions.append(range.sql)
            values += range.values
        }
        let comparison = selection.isDescending ? "<" : ">"
        let direction = selection.isDescending ? "DESC" : "ASC"
        let order: String
        switch selection.order {
        case .name:
            order = "name \(direction)"
            if let after = selection.after {
                conditions.append("name \(comparison) ?")
                values.append(.text(after.name))
            }
        case .lastEvent:
            // A stream without events counts as the oldest.
            order = "COALESCE(last_event, 0) \(direction), name \(direction)"
            if let after = selection.after {
                conditions.append("(COALESCE(last_event, 0), name) \(comparison) (?, ?)")
                values += [.integer(after.lastEvent), .text(after.name)]
            }
        }
        values.append(.integer(Int64(selection.limit)))
        let sql = """
            SELECT \(LogStreamRecord.columns) FROM log_streams
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?
            """
        return try await database.read { [values] transaction in
            let group = try transaction.logGroup(group, in: scope)
            return try transaction.query(sql, values: [.integer(group.id)] + values)
                .map(LogStreamRecord.init)
        }
    }
}
