import Jobs
import Platform
import Storage

/// The work that a deleted table or index leaves behind: to remove its rows.
enum RowPurge: Sendable {
    case items(of: Int64)
    case indexItems(of: Int64)

    private static let kind = "purge-rows"

    /// Owes the work from the commit of `transaction` on.
    func enqueue(on jobs: JobQueue, in transaction: any WriteTransaction) throws {
        try jobs.enqueue(Self.kind, payload: Array(text.utf8), in: transaction)
    }

    /// How the work is done: in small transactions, so that writers never wait long. Doing it again changes nothing.
    static func handler(_ database: any Database) -> JobHandler {
        JobHandler(kind: kind, concurrency: 1) { leased in
            guard let purge = RowPurge(String(decoding: leased.job.payload, as: UTF8.self)) else {
                preconditionFailure("a purge that nobody enqueued")
            }
            while try await purge.removeSome(from: database)
                == DynamoDBLimits.rowsPerTransaction
            {}
            return .done
        }
    }

    private func removeSome(from database: any Database) async throws -> Int {
        let (owner, sql) =
            switch self {
            case .items(let owner):
                (
                    owner,
                    """
                    DELETE FROM items WHERE (shard, hash_key, range_key) IN (
                        SELECT shard, hash_key, range_key FROM items
                        WHERE shard BETWEEN ? AND ? LIMIT ?)
                    """
                )
            case .indexItems(let owner):
                (
                    owner,
                    """
                    DELETE FROM index_items
                    WHERE (shard, hash_key, range_key, item_shard, item_hash, item_range) IN (
                        SELECT shard, hash_key, range_key, item_shard, item_hash, item_range
                        FROM index_items WHERE shard BETWEEN ? AND ? LIMIT ?)
                    """
                )
            }
        let shards = StoredKey.shards(of: owner)
        return try await database.write { transaction in
            try transaction.execute(
                sql, shards.lowerBound, shards.upperBound, DynamoDBLimits.rowsPerTransaction)
        }
    }

    private var text: String {
        switch self {
        case .items(let owner): "items \(owner)"
        case .indexItems(let owner): "index \(owner)"
        }
    }

    private init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let owner = Int64(words[1]) else { return nil }
        switch words[0] {
        case "items": self = .items(of: owner)
        case "index": self = .indexItems(of: owner)
        default: return nil
        }
    }
}
