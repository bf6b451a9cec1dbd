import DynamoDBModel
import DynamoDBValues
import Jobs
import Platform
import ServiceKit
import Storage
import Wire

/// The work to bring the items that are there into an index that was made on a live table.
///
/// From the commit that made the index on, writes keep it up to date; so the fill may go through the table in steps, and
/// takes each item as it is then.
enum IndexFill {
    private static let kind = "fill-index"

    /// Owes the work from the commit of `transaction` on.
    static func enqueue(
        _ index: Int64, of table: TableReference, on jobs: JobQueue,
        in transaction: any WriteTransaction
    ) throws {
        let payload: Document = ["table": .string(table.arn), "index": .integer(index)]
        try jobs.enqueue(kind, payload: payload.json(), in: transaction)
    }

    /// How the work is done: in small transactions, from where the one before ended.
    static func handler(_ tables: TableStore) -> JobHandler {
        JobHandler(kind: kind, concurrency: 2) { leased in
            let payload = try Document(json: leased.job.payload)
            guard let arn = payload["table"]?.stringValue.flatMap({ ARN($0) }),
                let name = TableReference.name(ofResource: arn.resource),
                let index = payload["index"]?.integerValue
            else { preconditionFailure("a fill that nobody enqueued") }
            let scope = TableScope(
                account: arn.account, region: arn.region, partition: arn.partition)
            let reference = TableReference(scope: scope, name: name)
            var last: StoredKey?
            repeat {
                last = try await tables.database.write { [last] transaction in
                    try fillSome(of: reference, index, after: last, in: transaction)
                }
            } while last != nil
            try await finish(index, of: reference, in: tables)
            return .done
        }
    }

    /// Brings the next items in; answers where to go on, `nil` at the end.
    private static func fillSome(
        of reference: TableReference, _ id: Int64, after last: StoredKey?,
        in transaction: any WriteTransaction
    ) throws -> StoredKey? {
        guard let table = try transaction.table(reference),
            let index = table.indexes.first(where: { $0.id == id })
        else { return nil }
        let shards = StoredKey.shards(of: table.id)
        let after = last ?? StoredKey(shard: shards.lowerBound, hash: [], range: [])
        let rows = try transaction.query(
            """
            SELECT shard, hash_key, range_key, item FROM items
            WHERE (shard, hash_key, range_key) > (?, ?, ?) AND shard <= ?
            ORDER BY shard, hash_key, range_key LIMIT ?
            """,
            values: after.values + [
                .integer(shards.upperBound), .integer(Int64(DynamoDBLimits.rowsPerTransaction)),
            ])
        for row in rows {
            guard let entry = IndexRow(of: EncodedItem(stored: row.bytes(3)), in: index) else {
                continue
            }
            try transaction.put(entry, for: StoredKey(row))
        }
        return rows.last.map { StoredKey($0) }
    }

    private static func finish(
        _ index: Int64, of reference: TableReference, in tables: TableStore
    ) async throws {
        guard let table = try await tables.load(reference),
            table.indexes.contains(where: { $0.id == index })
        else { return }
        _ = try await tables.change(reference) { _, description, settings, _ in
            let name = settings.indexes.first { $0.value == index }?.key
            description.globalSecondaryIndexes = description.globalSecondaryIndexes?.map {
                guard $0.indexName == name else { return $0 }
                var ready = $0
                (ready.indexStatus, ready.backfilling) = ("ACTIVE", nil)
                return ready
            }
            if settings.expiry?.indexID == index { settings.expiry?.isReady = true }
        }
    }
}

extension StoredKey {
    /// Reads the first three columns of a row.
    init(_ row: Row) {
        self.init(shard: Int64(row.int(0)), hash: row.bytes(1), range: row.bytes(2))
    }
}
