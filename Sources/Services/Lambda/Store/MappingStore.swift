import LambdaModel
import Platform
import Storage
import Wire

/// The rows of event source mappings and of how far they have read.
struct MappingStore: Sendable {
    let database: any Database

    /// How far a shard has been worked on.
    struct Checkpoint: Sendable, Equatable {
        /// The last record that is done with; `nil` before the first.
        var sequence: String?
        /// Whether all of the shard is done with.
        var isFinished = false
        /// How often the batch that begins with a record has been tried, by its number.
        var attempts: [String: Int] = [:]
    }

    /// Adds a mapping; `then` is done in the same transaction.
    ///
    /// - Throws: `ResourceConflictException` where the function has the source already.
    func create(
        _ mapping: EventSourceMapping, tags: [String: String],
        then: @escaping @Sendable (any WriteTransaction) throws -> Void
    ) async throws {
        try await database.write { transaction in
            let key = mapping.reference.key
            let same = try transaction.first(
                """
                SELECT uuid FROM event_source_mappings WHERE account = ? AND region = ?
                    AND name = ? AND qualifier = ? AND source_arn = ?
                """, key.account, key.region, key.name, mapping.reference.qualifier ?? "",
                mapping.sourceARN)
            if let uuid = same?.string(0) {
                throw LambdaError.resourceConflictException.user(
                    "The event source arn (\" \(mapping.sourceARN) \") and function (\" "
                        + "\(key.name) \") provided mapping already exists. Please update or "
                        + "delete the existing mapping with UUID \(uuid)")
            }
            try Self.put(mapping, in: transaction)
            try transaction.execute(
                "UPDATE event_source_mappings SET tags = ? WHERE uuid = ?",
                FunctionStore.json(tags), mapping.uuid)
            try then(transaction)
        }
    }

    /// The mapping of this identifier; `nil` where there is none in the account and region.
    func mapping(
        _ uuid: String, account: String? = nil, region: String? = nil
    ) async throws -> EventSourceMapping? {
        try await database.read { transaction in
            guard let mapping = try Self.mapping(uuid, in: transaction),
                account == nil || mapping.reference.key.account == account,
                region == nil || mapping.reference.key.region == region
            else { return nil }
            return mapping
        }
    }

    static func mapping(
        _ uuid: String, in transaction: any ReadTransaction
    ) throws -> EventSourceMapping? {
        try transaction.first(selection + "WHERE uuid = ?", uuid).map(mapping)
    }

    /// The mappings of an account and region by identifier, after `uuid`.
    func list(
        account: String, region: String, function: FunctionReference?, sourceARN: String?,
        after uuid: String, limit: Int
    ) async throws -> [EventSourceMapping] {
        try await database.read { transaction in
            let all = try transaction.query(
                Self.selection
                    + "WHERE account = ? AND region = ? AND uuid > ? ORDER BY uuid",
                account, region, uuid
            ).map(Self.mapping)
            let found = all.filter { mapping in
                (sourceARN == nil || mapping.sourceARN == sourceARN)
                    && (function == nil || mapping.reference == function)
            }
            return Array(found.prefix(limit))
        }
    }

    /// Changes a mapping; `then` is done in the same transaction.
    ///
    /// - Throws: `ResourceNotFoundException`; what `change` throws.
    func update(
        _ uuid: String, account: String, region: String,
        _ change: @escaping @Sendable (inout EventSourceMapping) throws -> Void,
        then: @escaping @Sendable (EventSourceMapping, any WriteTransaction) throws -> Void
    ) async throws -> EventSourceMapping {
        try await database.write { transaction in
            guard var mapping = try Self.mapping(uuid, in: transaction),
                mapping.reference.key.account == account, mapping.reference.key.region == region
            else { throw LambdaRefusal.resourceNotFound }
            try change(&mapping)
            try Self.put(mapping, in: transaction)
            try then(mapping, transaction)
            return mapping
        }
    }

    /// Deletes a mapping with what it has read.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func delete(_ uuid: String, account: String, region: String) async throws -> EventSourceMapping
    {
        try await database.write { transaction in
            guard let mapping = try Self.mapping(uuid, in: transaction),
                mapping.reference.key.account == account, mapping.reference.key.region == region
            else { throw LambdaRefusal.resourceNotFound }
            try transaction.execute("DELETE FROM event_source_mappings WHERE uuid = ?", uuid)
            try transaction.execute("DELETE FROM stream_checkpoints WHERE mapping = ?", uuid)
            return mapping
        }
    }

    /// A mapping's tags.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func tags(of uuid: String) async throws -> [String: String] {
        try await database.read { try Self.tags(of: uuid, in: $0) }
    }

    /// Replaces a mapping's tags by what `change` makes of them.
    ///
    /// - Throws: `ResourceNotFoundException`; what `change` throws.
    func changeTags(
        of uuid: String, _ change: @escaping @Sendable (inout [String: String]) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var tags = try Self.tags(of: uuid, in: transaction)
            try change(&tags)
            try transaction.execute(
                "UPDATE event_source_mappings SET tags = ? WHERE uuid = ?",
                FunctionStore.json(tags), uuid)
        }
    }

    /// How far every shard of a mapping has been worked on.
    func checkpoints(of uuid: String) async throws -> [String: Checkpoint] {
        try await database.read { transaction in
            let rows = try transaction.query(
                """
                SELECT shard, sequence, is_finished, attempts FROM stream_checkpoints
                WHERE mapping = ?
                """, uuid)
            return try Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    var checkpoint = Checkpoint(
                        sequence: row.optionalString(1), isFinished: row.bool(2))
                    if case .object(let attempts) = try Document(json: row.string(3)) {
                        checkpoint.attempts = attempts.compactMapValues(\.integerValue)
                            .mapValues { Int($0) }
                    }
                    return (row.string(0), checkpoint)
                })
        }
    }

    /// Writes down how far a shard has been worked on, with what else `then` writes.
    ///
    /// - Parameter result: what the last batch came to; `nil` leaves what is there.
    func save(
        _ checkpoint: Checkpoint, of shard: String, mapping uuid: String, result: String? = nil,
        then: @escaping @Sendable (any WriteTransaction) throws -> Void = { _ in }
    ) async throws {
        try await database.write { transaction in
            // A mapping that is deleted meanwhile leaves nothing behind.
            guard try Self.mapping(uuid, in: transaction) != nil else { return }
            let attempts = Document.object(checkpoint.attempts.mapValues { .integer(Int64($0)) })
            try transaction.execute(
                """
                INSERT INTO stream_checkpoints (mapping, shard, sequence, is_finished, attempts)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mapping, shard) DO UPDATE SET sequence = excluded.sequence,
                    is_finished = excluded.is_finished, attempts = excluded.attempts
                """, uuid, shard, checkpoint.sequence, checkpoint.isFinished, attempts.jsonText)
            if let result {
                try transaction.execute(
                    "UPDATE event_source_mappings SET last_result = ? WHERE uuid = ?", result, uuid)
            }
            try then(transaction)
        }
    }

    private static let selection = """
        SELECT uuid, account, region, name, qualifier, source_arn, is_enabled, settings, modified,
            last_result
        FROM event_source_mappings

        """

    private static func mapping(_ row: Row) throws -> EventSourceMapping {
        let qualifier = row.string("qualifier")
        let source = row.string("source_arn")
        return EventSourceMapping(
            uuid: row.string("uuid"),
            reference: FunctionReference(
                key: FunctionKey(
                    account: row.string("account"), region: row.string("region"),
                    name: row.string("name")),
                qualifier: qualifier.isEmpty ? nil : qualifier),
            source: try EventSourceKind(arn: source), sourceARN: source,
            isEnabled: row.bool("is_enabled"),
            settings: EventSourceSettings(try Document(json: row.string("settings"))),
            modified: row.instant("modified"), lastResult: row.string("last_result"))
    }

    private static func put(
        _ mapping: EventSourceMapping, in transaction: any WriteTransaction
    ) throws {
        let key = mapping.reference.key
        try transaction.execute(
            """
            INSERT INTO event_source_mappings (uuid, account, region, name, qualifier, source_arn,
                is_enabled, settings, modified, last_result, tags)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')
            ON CONFLICT (uuid) DO UPDATE SET name = excluded.name,
                qualifier = excluded.qualifier, is_enabled = excluded.is_enabled,
                settings = excluded.settings, modified = excluded.modified
            """, mapping.uuid, key.account, key.region, key.name,
            mapping.reference.qualifier ?? "", mapping.sourceARN, mapping.isEnabled,
            mapping.settings.document.jsonText, mapping.modified, mapping.lastResult)
    }

    private static func tags(
        of uuid: String, in transaction: any ReadTransaction
    ) throws -> [String: String] {
        let row = try transaction.first(
            "SELECT tags FROM event_source_mappings WHERE uuid = ?", uuid)
        guard let row else { throw LambdaRefusal.resourceNotFound }
        guard case .object(let tags) = try Document(json: row.string(0)) else { return [:] }
        return tags.compactMapValues(\.stringValue)
    }
}
