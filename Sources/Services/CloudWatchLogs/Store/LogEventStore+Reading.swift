import CloudWatchLogsModel
import Platform
import Storage
import Wire

extension LogEventStore {
    /// Where `GetLogEvents` reads, and which way.
    enum Start: Sendable {
        case head, tail
        case token(String)
    }

    /// A page of a stream's events in the order of time, and the token that says where it was read.
    ///
    /// - Throws: `ResourceNotFoundException`; `InvalidParameterException` for a token of something else.
    func page(
        of name: String, of group: String, from start: Start, times: TimeRange, limit: Int,
        now: Instant, in scope: LogScope
    ) async throws -> (token: StreamToken, events: [StoredEvent]) {
        try await database.read { transaction in
            let group = try transaction.logGroup(group, in: scope)
            let stream = try transaction.logStream(name, of: group)
            let token = try Self.token(start, stream: stream.id)
            let times = Self.unexpired(times, of: group, now: now)
            var budget = PageBudget(events: limit)
            var events: [StoredEvent] = []
            let isForward = token.direction == .forward
            try Self.scan(
                "stream_id = ?", [.integer(stream.id)], times: times, from: token.position,
                isForward: isForward, in: transaction
            ) { event in
                guard budget.take(event.bytes) else { return false }
                events.append(event)
                return !budget.isSpent
            }
            if !isForward { events.reverse() }
            return (token, events)
        }
    }

    private static func token(_ start: Start, stream: Int64) throws -> StreamToken {
        switch start {
        case .head:
            return StreamToken(.forward, .start(of: stream))
        case .tail:
            return StreamToken(.backward, .end(of: stream))
        case .token(let text):
            guard let token = StreamToken(text, stream: stream) else {
                throw LogFailure.invalidToken
            }
            return token
        }
    }

    /// What `FilterLogEvents` searches.
    struct Search: Sendable {
        /// The streams by their names; all where there are none and no prefix.
        var streams: [String] = []
        var streamPrefix: String?
        var times: TimeRange
        var pattern: FilterPattern
        var after: EventPosition?
        var limit: Int
    }

    /// A page of the events of a group that a search finds, in the order of time.
    ///
    /// - Returns: the events, and where to go on if there may be more.
    /// - Throws: `ResourceNotFoundException`.
    func search(_ search: Search, group: String, now: Instant, in scope: LogScope) async throws
        -> (events: [StoredEvent], resume: EventPosition?)
    {
        try await database.read { transaction in
            let group = try transaction.logGroup(group, in: scope)
            let times = Self.unexpired(search.times, of: group, now: now)
            var condition = "log_events.group_id = ?"
            var values: [SQLValue] = [.integer(group.id)]
            if !search.streams.isEmpty {
                let ids = try search.streams.map { try transaction.logStream($0, of: group).id }
                condition += " AND stream_id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))"
                values += ids.map { .integer($0) }
            } else if let prefix = search.streamPrefix {
                let range = TextPrefix.condition(on: "name", prefix)
                condition +=
                    " AND stream_id IN "
                    + "(SELECT id FROM log_streams WHERE group_id = ? AND \(range.sql))"
                values += [.integer(group.id)] + range.values
            }
            var budget = PageBudget(events: search.limit)
            var (found, scanned): ([StoredEvent], Int) = ([], 0)
            var (last, isComplete): (EventPosition?, Bool) = (nil, true)
            try Self.scan(
                condition, values, times: times,
                from: search.after ?? EventPosition(time: -1, stream: 0, sequence: 0),
                isForward: true, in: transaction
            ) { event in
                if budget.isSpent || scanned == CloudWatchLogsLimits.scannedEvents {
                    isComplete = false
                    return false
                }
                scanned += 1
                if search.pattern.matches(event.message) {
                    guard budget.take(event.bytes) else {
                        isComplete = false
                        return false
                    }
                    found.append(event)
                }
                last = event.position
                return true
            }
            return (found, isComplete ? nil : last)
        }
    }

    private static func unexpired(_ times: TimeRange, of group: LogGroupRecord, now: Instant)
        -> TimeRange
    {
        guard let expiry = group.expiry(now: now)?.milliseconds else { return times }
        return times.clamped(to: expiry..<max(expiry, times.upperBound))
    }

    /// Hands the events of a time that `condition` names to `visit`, from `position` on, until it
    /// answers false. Never holds more than a few hundred of them.
    private static func scan(
        _ condition: String, _ values: [SQLValue], times: TimeRange, from position: EventPosition,
        isForward: Bool, in transaction: any ReadTransaction, while visit: (StoredEvent) -> Bool
    ) throws {
        let (comparison, order) = isForward ? (">", "ASC") : ("<", "DESC")
        let sql = """
            SELECT time, stream_id, sequence, ingested, message, log_streams.name
            FROM log_events JOIN log_streams ON log_streams.id = log_events.stream_id
            WHERE \(condition) AND time >= ? AND time <= ?
                AND (time, stream_id, sequence) \(comparison) (?, ?, ?)
            ORDER BY time \(order), stream_id \(order), sequence \(order) LIMIT ?
            """
        var (position, isWanted) = (position, true)
        while isWanted {
            // SQLite seeks by the bounds of the time alone, so they follow the position.
            let first = isForward ? max(times.lowerBound, position.time) : times.lowerBound
            let last =
                isForward
                ? times.upperBound - 1 : min(times.upperBound - 1, position.time)
            let place: [SQLValue] = [
                .integer(first), .integer(last), .integer(position.time),
                .integer(position.stream), .integer(position.sequence),
                .integer(Int64(CloudWatchLogsLimits.readRows)),
            ]
            var count = 0
            try transaction.scan(sql, values: values + place) { row in
                let event = StoredEvent(
                    position: EventPosition(
                        time: Int64(row.int(0)), stream: Int64(row.int(1)),
                        sequence: Int64(row.int(2))),
                    ingested: Int64(row.int(3)), message: row.bytes(4), stream: row.string(5))
                position = event.position
                count += 1
                isWanted = visit(event)
                return isWanted
            }
            if count < CloudWatchLogsLimits.readRows { break }
        }
    }
}
