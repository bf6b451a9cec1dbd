import CloudWatchLogsModel
import Platform
import Storage
import Wire

/// The events of log streams.
struct LogEventStore: Sendable {
    let database: any Database

    /// Puts a batch into a stream.
    ///
    /// - Returns: what is said of the events that were not taken, and the sequence of the last event.
    /// - Throws: `ResourceNotFoundException`; `InvalidParameterException` for a batch that is no good.
    func append(
        _ events: [InputLogEvent], to name: String, of group: String, now: Instant,
        in scope: LogScope
    ) async throws -> (rejected: RejectedLogEventsInfo?, sequence: Int64) {
        try await database.write { transaction in
            let group = try transaction.logGroup(group, in: scope)
            let stream = try transaction.logStream(name, of: group)
            let batch = try EventBatch(events, now: now, retention: group.retention)
            guard let first = batch.accepted.first, let last = batch.accepted.last else {
                return (batch.rejected, stream.lastSequence)
            }
            try Self.insert(
                batch.accepted, after: stream.lastSequence, stream: stream.id, group: group.id,
                now: now, in: transaction)
            let sequence = stream.lastSequence + Int64(batch.accepted.count)
            try transaction.execute(
                "UPDATE log_streams SET first_event = ?, last_event = ?, last_ingestion = ?, "
                    + "stored_bytes = stored_bytes + ?, last_sequence = ? WHERE id = ?",
                min(stream.firstEvent ?? .max, Int64(first.timestamp)),
                max(stream.lastEvent ?? .min, Int64(last.timestamp)), now,
                batch.accepted.reduce(0) { $0 + EventBatch.bytes(of: $1.message) }, sequence,
                stream.id)
            return (batch.rejected, sequence)
        }
    }

    private static func insert(
        _ events: ArraySlice<InputLogEvent>, after lastSequence: Int64, stream: Int64, group: Int64,
        now: Instant, in transaction: any WriteTransaction
    ) throws {
        var sequence = lastSequence
        var rest = events
        while !rest.isEmpty {
            let rows = rest.prefix(CloudWatchLogsLimits.insertedRows)
            rest = rest.dropFirst(rows.count)
            var values: [SQLValue] = []
            values.reserveCapacity(rows.count * 6)
            for event in rows {
                sequence += 1
                values += [
                    .integer(stream), .integer(Int64(event.timestamp)), .integer(sequence),
                    .integer(group), .integer(now.milliseconds), .blob(Array(event.message.utf8)),
                ]
            }
            let places = Array(repeating: "(?, ?, ?, ?, ?, ?)", count: rows.count)
            try transaction.execute(
                "INSERT INTO log_events (stream_id, time, sequence, group_id, ingested, message) "
                    + "VALUES " + places.joined(separator: ", "), values: values)
        }
    }

    /// Deletes up to `limit` events that `condition` names.
    ///
    /// - Returns: how many were deleted.
    func delete(where condition: String, _ values: [SQLValue], limit: Int) async throws -> Int {
        try await database.write { transaction in
            let deleted = try transaction.query(
                """
                DELETE FROM log_events WHERE (stream_id, time, sequence) IN (
                    SELECT stream_id, time, sequence FROM log_events WHERE \(condition) LIMIT ?)
                RETURNING stream_id, LENGTH(message)
                """, values: values + [.integer(Int64(limit))])
            var bytes: [Int64: Int] = [:]
            for row in deleted {
                bytes[Int64(row.int(0)), default: 0] +=
                    row.int(1) + CloudWatchLogsLimits.eventOverheadBytes
            }
            // The streams of a deleted group or stream are gone; these statements then change nothing.
            for (stream, freed) in bytes {
                try transaction.execute(
                    "UPDATE log_streams SET stored_bytes = stored_bytes - ?, first_event = "
                        + "(SELECT MIN(time) FROM log_events WHERE stream_id = ?) WHERE id = ?",
                    freed, stream, stream)
            }
            return deleted.count
        }
    }
}
