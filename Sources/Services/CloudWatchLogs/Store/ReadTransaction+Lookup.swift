import CloudWatchLogsModel
import Storage
import Wire

extension ReadTransaction {
    /// The log group `name`.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func logGroup(_ name: String, in scope: LogScope) throws -> LogGroupRecord {
        guard
            let row = try first(
                "SELECT \(LogGroupRecord.columns) FROM log_groups "
                    + "WHERE account = ? AND region = ? AND name = ?",
                scope.account, scope.region, name)
        else { throw LogFailure.groupNotFound }
        return LogGroupRecord(row)
    }

    /// The log stream `name` of a group.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func logStream(_ name: String, of group: LogGroupRecord) throws -> LogStreamRecord {
        guard !name.utf8.contains(0),
            let row = try first(
                "SELECT \(LogStreamRecord.columns) FROM log_streams WHERE group_id = ? AND name = ?",
                group.id, name)
        else { throw LogFailure.streamNotFound }
        return LogStreamRecord(row)
    }
}
