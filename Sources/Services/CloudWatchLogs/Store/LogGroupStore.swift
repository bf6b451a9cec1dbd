import CloudWatchLogsModel
import Jobs
import Platform
import Storage
import Wire

/// The log groups and their tags.
struct LogGroupStore: Sendable {
    let database: any Database
    let jobs: JobQueue

    /// Which groups `DescribeLogGroups` asks for.
    struct Selection: Sendable {
        /// What names begin with.
        var prefix: String?
        /// What names contain.
        var substring: String?
        var logGroupClass: String?
        /// The names themselves.
        var names: [String] = []
        /// The name after which to go on.
        var after: String?
        var limit: Int
    }

    /// Makes a log group.
    ///
    /// - Throws: `ResourceAlreadyExistsException`.
    func create(_ group: LogGroupRecord, tags: [String: String], in scope: LogScope) async throws {
        try await database.write { transaction in
            let inserted = try transaction.execute(
                "INSERT INTO log_groups (id, account, region, name, class, kms_key, retention_days, "
                    + "is_protected, created) VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?) "
                    + "ON CONFLICT (account, region, name) DO NOTHING",
                group.id, scope.account, scope.region, group.name, group.logGroupClass,
                group.kmsKeyID, group.isProtected, group.created)
            guard inserted == 1 else { throw LogFailure.groupExists }
            try Self.setTags(tags, of: group.id, in: transaction)
        }
    }

    /// Deletes a log group with its streams. Its events are out of reach at once; a job removes their rows.
    ///
    /// - Throws: `ResourceNotFoundException`; `ValidationException` where the group is protected.
    func delete(_ name: String, in scope: LogScope) async throws {
        try await database.write { [jobs] transaction in
            let group = try transaction.logGroup(name, in: scope)
            guard !group.isProtected else {
                throw CloudWatchLogsError.validationException(
                    "Cannot delete log group with deletion protection enabled. "
                        + "Disable deletion protection first.")
            }
            try transaction.execute("DELETE FROM log_streams WHERE group_id = ?", group.id)
            try transaction.execute("DELETE FROM log_group_tags WHERE group_id = ?", group.id)
            try transaction.execute("DELETE FROM log_groups WHERE id = ?", group.id)
            try EventPurge.group(group.id).enqueue(on: jobs, in: transaction)
        }
    }

    /// A page of groups in the order of their names, each with the bytes that it stores.
    func groups(_ selection: Selection, in scope: LogScope) async throws
        -> [(group: LogGroupRecord, storedBytes: Int)]
    {
        var conditions = ["account = ?", "region = ?"]
        var values: [SQLValue] = [.text(scope.account), .text(scope.region)]
        if let prefix = selection.prefix {
            let range = TextPrefix.condition(on: "name", prefix)
            conditions.append(range.sql)
            values += range.values
        }
        if let substring = selection.substring, !substring.isEmpty {
            conditions.append("name LIKE ? ESCAPE '!'")
            let escaped = substring.map { "_%!".contains($0) ? "!\($0)" : String($0) }.joined()
            values.append(.text("%\(escaped)%"))
        }
        if let logGroupClass = selection.logGroupClass {
            conditions.append("class = ?")
            values.append(.text(logGroupClass))
        }
        if !selection.names.isEmpty {
            conditions.append(
                "name IN (\(selection.names.map { _ in "?" }.joined(separator: ", ")))")
            values += selection.names.map { .text($0) }
        }
        if let after = selection.after {
            conditions.append("name > ?")
            values.append(.text(after))
        }
        values.append(.integer(Int64(selection.limit)))
        let sql = """
            SELECT \(LogGroupRecord.columns), (SELECT CAST(COALESCE(SUM(stored_bytes), 0) AS BIGINT)
                FROM log_streams
                WHERE log_streams.group_id = log_groups.id)
            FROM log_groups WHERE \(conditions.joined(separator: " AND ")) ORDER BY name LIMIT ?
            """
        return try await database.read { [values] transaction in
            try transaction.query(sql, values: values).map { row in
                (LogGroupRecord(row), row.int(7))
            }
        }
    }

    /// Sets how many days a group keeps its events; `nil` is for ever.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func setRetention(days: Int?, of name: String, in scope: LogScope) async throws {
        try await database.write { transaction in
            let group = try transaction.logGroup(name, in: scope)
            try transaction.execute(
                "UPDATE log_groups SET retention_days = ? WHERE id = ?", days, group.id)
        }
    }

    /// Sets whether a group refuses to be deleted.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func setProtection(_ isProtected: Bool, of name: String, in scope: LogScope) async throws {
        try await database.write { transaction in
            let group = try transaction.logGroup(name, in: scope)
            try transaction.execute(
                "UPDATE log_groups SET is_protected = ? WHERE id = ?", isProtected, group.id)
        }
    }

    /// The groups, of every account, that do not keep their events for ever.
    func groupsWithRetention() async throws -> [LogGroupRecord] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT \(LogGroupRecord.columns) FROM log_groups WHERE retention_days IS NOT NULL"
            ).map(LogGroupRecord.init)
        }
    }
}

// MARK: - Tags

extension LogGroupStore {
    /// The tags of a group.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func tags(of name: String, in scope: LogScope) async throws -> [String: String] {
        try await database.read { transaction in
            let group = try transaction.logGroup(name, in: scope)
            var tags: [String: String] = [:]
            try transaction.forEach(
                "SELECT tag_key, tag_value FROM log_group_tags WHERE group_id = ?", group.id
            ) { row in tags[row.string(0)] = row.string(1) }
            return tags
        }
    }

    /// Adds tags to a group, or gives those that it has other values.
    ///
    /// - Throws: `ResourceNotFoundException`; `TooManyTagsException`.
    func tag(_ name: String, _ tags: [String: String], in scope: LogScope) async throws {
        try await database.write { transaction in
            let group = try transaction.logGroup(name, in: scope)
            try Self.setTags(tags, of: group.id, in: transaction)
            let count = try transaction.first(
                "SELECT COUNT(*) FROM log_group_tags WHERE group_id = ?", group.id)?.int(0)
            try TagRules.check(count: count ?? 0, of: scope.groupARN(name))
        }
    }

    /// Removes tags from a group.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func untag(_ name: String, _ keys: [String], in scope: LogScope) async throws {
        try await database.write { transaction in
            let group = try transaction.logGroup(name, in: scope)
            for key in keys {
                try transaction.execute(
                    "DELETE FROM log_group_tags WHERE group_id = ? AND tag_key = ?", group.id, key)
            }
        }
    }

    private static func setTags(
        _ tags: [String: String], of group: Int64, in transaction: any WriteTransaction
    ) throws {
        for (key, value) in tags {
            try transaction.execute(
                "INSERT INTO log_group_tags (group_id, tag_key, tag_value) VALUES (?, ?, ?) "
                    + "ON CONFLICT (group_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                group, key, value)
        }
    }
}
