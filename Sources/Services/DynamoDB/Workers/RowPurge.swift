import Jobs
import Platform
import Storage

/// The work that a deleted table or index leaves behind: to remove its rows.
enum RowPurge: Sendable {
    case items(of: Int64)
    case indexItems(of: Int64)
    /// What items of a table were before their changes up to a time.
    case pastItems(of: Int64, until: Instant)

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
            try await purge.remove(from: database)
            return .done
        }
    }

    /// Removes the rows.
    func remove(from database: any Database) async throws {
        while try await removeSome(from: database) == DynamoDBLimits.rowsPerTransaction {}
    }

    /// Removes the next rows: those up to the last of so many, which the engine finds and removes as one range.
    private func removeSome(from database: any Database) async throws -> Int {
        let shards = StoredKey.shards(of: owner)
        let (first, last) = (shards.lowerBound, shards.upperBound)
        let limit = DynamoDBLimits.rowsPerTransaction
        return try await database.write { transaction in
            switch self {
            case .items, .indexItems:
                let (table, columns, marks) = source
                let bound = try transaction.first(
                    "SELECT \(columns) FROM \(table) WHERE shard BETWEEN ? AND ? "
                        + "ORDER BY \(columns) LIMIT 1 OFFSET ?", first, last, limit - 1)
                guard let bound else {
                    return try transaction.execute(
                        "DELETE FROM \(table) WHERE shard BETWEEN ? AND ?", first, last)
                }
                let values = (0..<marks).map { bound.value(.init(integerLiteral: $0)) }
                let places = Array(repeating: "?", count: marks).joined(separator: ", ")
                return try transaction.execute(
                    "DELETE FROM \(table) WHERE (\(columns)) <= (\(places)) AND shard >= ?",
                    values: values + [.integer(first)])
            case .pastItems(_, let time):
                return try transaction.execute(
                    """
                    DELETE FROM past_items WHERE (shard, hash_key, range_key, changed) IN (
                        SELECT shard, hash_key, range_key, changed FROM past_items
                        WHERE shard BETWEEN ? AND ? AND changed <= ? LIMIT ?)
                    """, first, last, time, limit)
            }
        }
    }

    /// The table whose rows go, its key, and how many columns that has.
    private var source: (table: String, columns: String, count: Int) {
        switch self {
        case .items: ("items", "shard, hash_key, range_key", 3)
        case .indexItems:
            ("index_items", "shard, hash_key, range_key, item_hash, item_range", 5)
        case .pastItems: ("past_items", "shard, hash_key, range_key, changed", 4)
        }
    }

    private var owner: Int64 {
        switch self {
        case .items(let owner), .indexItems(let owner), .pastItems(let owner, _): owner
        }
    }

    private var text: String {
        switch self {
        case .items(let owner): "items \(owner)"
        case .indexItems(let owner): "index \(owner)"
        case .pastItems(let owner, let time): "past \(owner) \(time.milliseconds)"
        }
    }

    private init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count >= 2, let owner = Int64(words[1]) else { return nil }
        switch (words[0], words.dropFirst(2).first.flatMap { Int64($0) }) {
        case ("items", nil): self = .items(of: owner)
        case ("index", nil): self = .indexItems(of: owner)
        case ("past", let time?):
            self = .pastItems(of: owner, until: Instant(milliseconds: time))
        default: return nil
        }
    }
}
