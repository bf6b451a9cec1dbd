import DynamoDBValues
import Platform
import Storage

extension ReadTransaction {
    /// The item of a table that lies at `key`; `nil` where there is none.
    ///
    /// - Throws: `StaleTable` where the table is not the version that `key` was made for.
    func item(at key: StoredKey, of table: Table) throws -> EncodedItem? {
        var found: (version: Int64, item: EncodedItem?)?
        try scan(
            """
            SELECT t.version, i.item FROM tables t
            LEFT JOIN items i ON i.shard = ? AND i.hash_key = ? AND i.range_key = ?
            WHERE t.id = ?
            """,
            values: [
                .integer(key.shard), .blob(key.hash), .blob(key.range), .integer(table.id),
            ]
        ) { row in
            found = (Int64(row.int(0)), row.optionalBytes(1).map(EncodedItem.init(stored:)))
            return false
        }
        guard let found, found.version == table.version else { throw StaleTable() }
        return found.item
    }

    /// Checks that a table has the version that a read was planned for.
    ///
    /// - Throws: `StaleTable`.
    func require(_ table: Table) throws {
        let version = try first("SELECT version FROM tables WHERE id = ?", table.id)?.int(0)
        guard version.map(Int64.init) == table.version else { throw StaleTable() }
    }
}

extension WriteTransaction {
    /// Puts an item whose predecessor nobody needs to know.
    ///
    /// - Throws: `StaleTable`.
    func overwrite(_ item: EncodedItem, at key: StoredKey, of table: Table) throws {
        let changed = try execute(
            """
            INSERT INTO items (shard, hash_key, range_key, size, item)
            SELECT ?, ?, ?, ?, ? FROM tables WHERE id = ? AND version = ?
            ON CONFLICT (shard, hash_key, range_key)
            DO UPDATE SET size = excluded.size, item = excluded.item
            """,
            values: [
                .integer(key.shard), .blob(key.hash), .blob(key.range), .integer(Int64(item.size)),
                .blob(item.bytes), .integer(table.id), .integer(table.version),
            ])
        guard changed == 1 else { throw StaleTable() }
    }

    /// Makes a change that was prepared in this transaction, with all that depends on the item.
    func apply(_ change: ItemChange) throws {
        guard change.old != change.new else { return }
        let key = change.key
        if let new = change.new {
            try execute(
                """
                INSERT INTO items (shard, hash_key, range_key, size, item) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (shard, hash_key, range_key)
                DO UPDATE SET size = excluded.size, item = excluded.item
                """,
                values: [
                    .integer(key.shard), .blob(key.hash), .blob(key.range),
                    .integer(Int64(new.size)), .blob(new.bytes),
                ])
        } else {
            try execute(
                "DELETE FROM items WHERE shard = ? AND hash_key = ? AND range_key = ?",
                values: [.integer(key.shard), .blob(key.hash), .blob(key.range)])
        }
        for index in change.table.indexes {
            try apply(change, to: index)
        }
        if let stream = change.table.settings.stream {
            try append(change, to: stream)
        }
        if change.table.settings.recovery != nil { try remember(change) }
    }

    // MARK: - Indexes

    private func apply(_ change: ItemChange, to index: TableIndex) throws {
        let old = change.old.flatMap { IndexRow(of: $0, in: index) }
        let new = change.new.flatMap { IndexRow(of: $0, in: index) }
        guard old != new else { return }
        if let old, old.place != new?.place {
            try execute(
                """
                DELETE FROM index_items WHERE shard = ? AND hash_key = ? AND range_key = ?
                    AND item_hash = ? AND item_range = ?
                """,
                values: old.place.values + [.blob(change.key.hash), .blob(change.key.range)])
        }
        if let new { try put(new, for: change.key) }
    }

    /// Puts the row of an item into an index.
    func put(_ row: IndexRow, for key: StoredKey) throws {
        try execute(
            """
            INSERT INTO index_items (shard, hash_key, range_key, item_shard, item_hash, item_range,
                size, item)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (shard, hash_key, range_key, item_hash, item_range)
            DO UPDATE SET size = excluded.size, item = excluded.item
            """,
            values: row.place.values + key.values + [
                .integer(Int64(row.copy?.size ?? 0)), row.copy.map { .blob($0.bytes) } ?? .null,
            ])
    }

    // MARK: - What is kept of changes

    private func append(_ change: ItemChange, to stream: TableSettings.Stream) throws {
        let counter = try first(
            "UPDATE streams SET next_sequence = next_sequence + 1 WHERE id = ? "
                + "RETURNING next_sequence", stream.id)
        guard let next = counter?.int(0) else { throw StaleTable() }
        let keeps = StreamView(stream.viewType)
        let keys = EncodedItem(change.table.key.attributes(of: Item(change.image)))
        let (old, new) = (
            keeps.hasOldImage ? change.old : nil, keeps.hasNewImage ? change.new : nil
        )
        try execute(
            """
            INSERT INTO stream_records (stream_id, sequence, created, event, is_service, size,
                item_key, old_image, new_image)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            stream.id, next - 1, change.time, change.event.rawValue, change.isByService,
            keys.size + (old?.size ?? 0) + (new?.size ?? 0), keys.bytes, old?.bytes, new?.bytes)
    }

    /// Keeps what was there before, from which earlier states are restored.
    private func remember(_ change: ItemChange) throws {
        let key = change.key
        let last = try first(
            "SELECT MAX(changed) FROM past_items WHERE shard = ? AND hash_key = ? AND range_key = ?",
            key.shard, key.hash, key.range)
        // Changes of one item within a millisecond keep their order.
        let changed = max(change.time.milliseconds, Int64(last?.optionalInt(0) ?? -1) + 1)
        try execute(
            "INSERT INTO past_items (shard, hash_key, range_key, changed, size, item) "
                + "VALUES (?, ?, ?, ?, ?, ?)",
            key.shard, key.hash, key.range, changed, change.old?.size ?? 0, change.old?.bytes)
    }
}

extension StoredKey {
    /// The values of the three columns.
    var values: [SQLValue] { [.integer(shard), .blob(hash), .blob(range)] }
}
