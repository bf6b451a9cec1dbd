import DynamoDBModel
import DynamoDBValues
import Platform
import Storage
import Wire

/// Backups, and what point-in-time recovery keeps.
struct BackupStore: Sendable {
    let tables: TableStore

    private var database: any Database { tables.database }

    /// A backup: a copy of a table's items, under a number of their own.
    struct Backup: Sendable {
        let id: Int64
        let description: BackupDescription

        init(_ row: Row) throws {
            id = Int64(row.int(0))
            description = try BackupDescription(stored: row.string(1))
        }
    }

    /// Copies a table as it is now.
    ///
    /// - Throws: `TableNotFoundException`.
    func create(
        _ name: String, of reference: TableReference, suffix: String
    ) async throws -> BackupDetails {
        let now = tables.clock.now
        let arn = "\(reference.arn)/backup/\(BackupARN.padded(now))-\(suffix)"
        return try await database.write { transaction in
            guard let table = try transaction.table(reference) else {
                throw Failure.tableNotFound(reference.name)
            }
            let id = try transaction.nextID()
            try transaction.copyItems(of: table.id, to: id)
            let figures = try transaction.count(table.id, .items, limit: .max) ?? Figures()
            let description = BackupDescription(
                of: table, named: name, arn: arn, figures: figures, at: now)
            guard let details = description.backupDetails else {
                preconditionFailure("a backup has details")
            }
            try transaction.execute(
                "INSERT INTO backups (arn, id, account, region, table_name, created, description, "
                    + "source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arn, id, reference.scope.account, reference.scope.region, reference.name, now,
                description.storedText, table.description.storedText)
            return details
        }
    }

    /// The backup.
    ///
    /// - Throws: `BackupNotFoundException`.
    func backup(_ arn: String) async throws -> Backup {
        try await database.read { try $0.backup(arn) }
    }

    /// The backups of a table or of all, newest last.
    func backups(in scope: TableScope, table: String?) async throws -> [Backup] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT id, description FROM backups WHERE account = ? AND region = ? "
                    + "AND table_name = COALESCE(?, table_name) ORDER BY created, arn",
                scope.account, scope.region, table
            ).map { try Backup($0) }
        }
    }

    /// Deletes a backup.
    ///
    /// - Throws: `BackupNotFoundException`.
    func delete(_ arn: String) async throws -> Backup {
        try await database.write { [tables] transaction in
            let backup = try transaction.backup(arn)
            try transaction.execute("DELETE FROM backups WHERE arn = ?", arn)
            try RowPurge.items(of: backup.id).enqueue(on: tables.jobs, in: transaction)
            return backup
        }
    }

    /// Makes a table of a backup.
    ///
    /// - Throws: `BackupNotFoundException`; `TableAlreadyExistsException`.
    func restore(
        _ backup: Backup, as reference: TableReference, _ description: TableDescription
    ) async throws -> Table {
        try await make(reference, description) { table, transaction in
            try transaction.copyItems(of: backup.id, to: table.id)
        }
    }

    /// Makes a table of what another one was at a time.
    ///
    /// - Throws: `TableAlreadyExistsException`.
    func restore(
        _ source: Table, at time: Instant, as reference: TableReference,
        _ description: TableDescription
    ) async throws -> Table {
        try await make(reference, description) { table, transaction in
            try transaction.copyItems(of: source.id, to: table.id)
            try transaction.undo(changesOf: source.id, after: time, in: table.id)
        }
    }

    private func make(
        _ reference: TableReference, _ description: TableDescription,
        _ fill: @escaping @Sendable (Table, any WriteTransaction) throws -> Void
    ) async throws -> Table {
        guard try await tables.find(reference) == nil else {
            throw DynamoDBError.tableAlreadyExistsException(
                "Table already exists: \(reference.name)")
        }
        return try await tables.create(reference, description) { table, transaction in
            try fill(table, transaction)
            try transaction.fillIndexes(of: table)
        }
    }

    /// The description of the table that a backup was made of.
    func source(of arn: String) async throws -> TableDescription {
        let text = try await database.read { transaction in
            try transaction.first("SELECT source FROM backups WHERE arn = ?", arn)?.string(0)
        }
        guard let text else { throw BackupARN.notFound(arn) }
        return try TableDescription(stored: text)
    }

    /// Removes what point-in-time recovery keeps no longer.
    func sweep() async throws {
        let now = tables.clock.now
        for table in try await database.read({ try $0.tables(with: "recovery") }) {
            guard let recovery = table.settings.recovery else { continue }
            let oldest = now - .seconds(recovery.days * 86_400)
            try await RowPurge.pastItems(of: table.id, until: oldest).remove(from: database)
        }
    }
}

extension ReadTransaction {
    /// The backup.
    ///
    /// - Throws: `BackupNotFoundException`.
    func backup(_ arn: String) throws -> BackupStore.Backup {
        guard let row = try first("SELECT id, description FROM backups WHERE arn = ?", arn) else {
            throw BackupARN.notFound(arn)
        }
        return try BackupStore.Backup(row)
    }
}

extension WriteTransaction {
    /// Copies the items of one number under another.
    func copyItems(of source: Int64, to target: Int64) throws {
        let (from, to) = (StoredKey.shards(of: source), StoredKey.shards(of: target))
        try execute(
            """
            INSERT INTO items (shard, hash_key, range_key, size, item)
            SELECT shard + ?, hash_key, range_key, size, item FROM items
            WHERE shard BETWEEN ? AND ?
            """, to.lowerBound - from.lowerBound, from.lowerBound, from.upperBound)
    }

    /// Takes the changes of a table's items after `time` back, in a copy of them.
    ///
    /// The first change of an item after the time knows what the item was at the time.
    func undo(changesOf source: Int64, after time: Instant, in target: Int64) throws {
        let (from, to) = (StoredKey.shards(of: source), StoredKey.shards(of: target))
        let shift = to.lowerBound - from.lowerBound
        let first = """
            SELECT p.shard, p.hash_key, p.range_key, p.size, p.item FROM past_items p
            JOIN (SELECT shard, hash_key, range_key, MIN(changed) AS changed FROM past_items
                  WHERE shard BETWEEN ? AND ? AND changed > ?
                  GROUP BY shard, hash_key, range_key) f
            ON f.shard = p.shard AND f.hash_key = p.hash_key AND f.range_key = p.range_key
                AND f.changed = p.changed
            """
        try execute(
            """
            DELETE FROM items WHERE shard BETWEEN ? AND ? AND (shard, hash_key, range_key) IN (
                SELECT shard + ?, hash_key, range_key FROM (\(first)) AS past)
            """, to.lowerBound, to.upperBound, shift, from.lowerBound, from.upperBound, time)
        try execute(
            """
            INSERT INTO items (shard, hash_key, range_key, size, item)
            SELECT shard + ?, hash_key, range_key, size, item FROM (\(first)) AS past
            WHERE item IS NOT NULL
            """, shift, from.lowerBound, from.upperBound, time)
    }

    /// Brings all items of a table into its indexes.
    func fillIndexes(of table: Table) throws {
        guard !table.indexes.isEmpty else { return }
        let shards = StoredKey.shards(of: table.id)
        var last = StoredKey(shard: shards.lowerBound, hash: [], range: [])
        while true {
            let rows = try query(
                """
                SELECT shard, hash_key, range_key, item FROM items
                WHERE (shard, hash_key, range_key) > (?, ?, ?) AND shard <= ?
                ORDER BY shard, hash_key, range_key LIMIT ?
                """,
                values: last.values + [
                    .integer(shards.upperBound),
                    .integer(Int64(DynamoDBLimits.rowsPerTransaction)),
                ])
            for row in rows {
                let item = EncodedItem(stored: row.bytes(3))
                for index in table.indexes {
                    if let entry = IndexRow(of: item, in: index) {
                        try put(entry, for: StoredKey(row))
                    }
                }
            }
            guard let row = rows.last else { return }
            last = StoredKey(row)
        }
    }
}
