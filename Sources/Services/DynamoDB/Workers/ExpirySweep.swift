import DynamoDBValues
import Logging
import Platform
import Storage

/// Deletes items that have expired, as DynamoDB itself, and what is too old to be kept.
///
/// The items of a table with time to live stand in an index of their own, by the time at which they expire, so a sweep
/// costs what has expired and not what is there. Nodes that share the database may all sweep: an item is looked at once
/// more in the transaction that deletes it.
struct ExpirySweep: Sendable {
    let tables: TableStore
    let streams: StreamStore
    let backups: BackupStore
    let logger: Logger

    /// Sweeps now and then until the task is cancelled.
    func run() async throws {
        var nextPast = tables.clock.now
        while true {
            do {
                try await sweep()
                if tables.clock.now >= nextPast {
                    try await backups.sweep()
                    nextPast = tables.clock.now + DynamoDBLimits.pastSweepInterval
                }
            } catch let error as StorageError {
                logger.error("expired items cannot be deleted", metadata: ["error": "\(error)"])
            }
            try await tables.clock.sleep(for: DynamoDBLimits.sweepInterval)
        }
    }

    /// Deletes what has expired by now.
    func sweep() async throws {
        for table in try await tables.database.read({ try $0.tables(with: "expiry") }) {
            guard let expiry = table.settings.expiry else { continue }
            do {
                while try await deleteSome(of: table, expiry) {}
            } catch is StaleTable {
                // The table has just been changed: the next sweep finds it as it is then.
            }
        }
        try await streams.sweep()
        let oldest = tables.clock.now - DynamoDBLimits.tokenLifetime
        try await tables.database.write { transaction in
            try transaction.execute("DELETE FROM tokens WHERE created <= ?", oldest)
        }
    }

    /// Deletes the next expired items; answers whether there may be more.
    private func deleteSome(of table: Table, _ expiry: TableSettings.Expiry) async throws -> Bool {
        let now = tables.clock.now
        let limit = DynamoDBLimits.rowsPerTransaction
        // The index has no partition key, so its rows are of one shard.
        let shard = StoredKey.shard(expiry.indexID, hash: [])
        func bound(_ seconds: Int64) -> [UInt8] {
            KeyEncoding.bytes(.number(DynamoDBNumber(Int(seconds))))
        }
        let earliest = bound((now - DynamoDBLimits.longestExpiry).seconds)
        let latest = bound(now.seconds)
        let keys = try await tables.database.read { transaction in
            try transaction.query(
                """
                SELECT item_shard, item_hash, item_range FROM index_items
                WHERE shard = ? AND hash_key = ? AND range_key >= ? AND range_key < ?
                ORDER BY range_key LIMIT ?
                """,
                values: [
                    .integer(shard), .blob([]), .blob(earliest), .blob(latest),
                    .integer(Int64(limit)),
                ]
            ).map { StoredKey($0) }
        }
        guard !keys.isEmpty else { return false }
        try await tables.database.write { transaction in
            for key in keys {
                guard let item = try transaction.item(at: key, of: table),
                    case .number(let time)? = item[expiry.attribute],
                    let seconds = time.integer, Int64(seconds) < now.seconds
                else { continue }
                try transaction.apply(
                    ItemChange(
                        table: table, key: key, old: item, new: nil, time: now, isByService: true))
            }
        }
        return keys.count == limit
    }
}
