import DynamoDBValues
import Storage

/// Reads rows until a page is full: by the number of items, or by their bytes.
struct PageReader {
    /// What was read.
    struct Page: Sendable {
        /// The items that passed the filter.
        var items: [EncodedItem] = []
        /// The items that were looked at.
        var scanned = 0
        /// Their bytes as DynamoDB counts them.
        var bytes = 0
        /// The item after which the next page begins; `nil` where everything was read.
        var last: EncodedItem?
        /// How many items passed the filter.
        var kept = 0
    }

    let range: RowRange
    /// The items to look at at most.
    let limit: Int?
    /// Whether the items themselves are wanted, and not only their number.
    let keepsItems: Bool

    /// Reads a page.
    ///
    /// - Parameter filter: which items are kept.
    /// - Throws: `StaleTable`, and what `filter` throws.
    func read(
        in transaction: any ReadTransaction, filter: ((EncodedItem) throws -> Bool)?
    ) throws -> Page {
        try transaction.require(range.table)
        var page = Page()
        var position = range.start
        var rows = DynamoDBLimits.firstRows
        while true {
            let wanted = min(rows, limit.map { $0 - page.scanned } ?? .max)
            var (count, isFull) = (0, false)
            var lastRead: EncodedItem?
            try scan(after: position, limit: wanted, in: transaction) { row, item in
                let size = item.size
                if page.scanned > 0, page.bytes + size > DynamoDBLimits.pageBytes {
                    isFull = true
                    return false
                }
                page.scanned += 1
                page.bytes += size
                if try filter?(item) ?? true {
                    page.kept += 1
                    if keepsItems { page.items.append(item) }
                }
                count += 1
                position = row
                lastRead = item
                return true
            }
            // The item before the one that did not fit may be of an earlier read.
            if let lastRead { page.last = lastRead }
            if isFull || page.scanned == limit { return page }
            guard count == wanted else {
                page.last = nil
                return page
            }
            rows = nextRows(after: page)
        }
    }

    /// How many rows will probably fill the page.
    private func nextRows(after page: Page) -> Int {
        let average = max(1, page.bytes / page.scanned)
        let left = DynamoDBLimits.pageBytes - page.bytes
        return min(DynamoDBLimits.furtherRows, left / average + 1)
    }

    // MARK: - SQL

    private func scan(
        after start: RowRange.Position?, limit: Int, in transaction: any ReadTransaction,
        visit: (RowRange.Position, EncodedItem) throws -> Bool
    ) throws {
        let (condition, order, values) =
            switch range.extent {
            case .partition(let hash, let lower, let upper, let isForward):
                partition(hash, lower, upper, isForward: isForward, after: start)
            case .shards(let shards): segment(shards, after: start)
            }
        let columns = range.index == nil ? Self.itemColumns : Self.indexColumns
        let sql = "\(selection) WHERE \(condition) ORDER BY \(order) LIMIT ?"
        try transaction.scan(sql, values: values + [.integer(Int64(limit))]) { row in
            let place = StoredKey(row)
            var item: StoredKey?
            if range.index != nil {
                item = StoredKey(
                    shard: Int64(row.int(3)), hash: row.bytes(4), range: row.bytes(5))
            }
            return try visit(
                RowRange.Position(place: place, item: item),
                EncodedItem(stored: row.bytes(.init(integerLiteral: columns))))
        }
    }

    private static let itemColumns = 3
    private static let indexColumns = 6

    private var selection: String {
        guard range.index != nil else {
            return "SELECT shard, hash_key, range_key, item FROM items"
        }
        let columns = """
            SELECT x.shard, x.hash_key, x.range_key, x.item_shard, x.item_hash, x.item_range
            """
        guard range.readsItems else { return "\(columns), x.item FROM index_items x" }
        return """
            \(columns), i.item FROM index_items x
            JOIN items i ON i.shard = x.item_shard AND i.hash_key = x.item_hash
                AND i.range_key = x.item_range
            """
    }

    private func partition(
        _ hash: [UInt8], _ lower: [UInt8], _ upper: [UInt8], isForward: Bool,
        after start: RowRange.Position?
    ) -> (condition: String, order: String, values: [SQLValue]) {
        let shard = StoredKey.shard(range.owner, hash: hash)
        let direction = isForward ? "ASC" : "DESC"
        var (lower, upper) = (lower, upper)
        guard range.index != nil else {
            if let start {
                if isForward {
                    let next = RowRange.successor(of: start.place.range)
                    if lower.lexicographicallyPrecedes(next) { lower = next }
                } else if start.place.range.lexicographicallyPrecedes(upper) {
                    upper = start.place.range
                }
            }
            return (
                "shard = ? AND hash_key = ? AND range_key >= ? AND range_key < ?",
                "range_key \(direction)",
                [.integer(shard), .blob(hash), .blob(lower), .blob(upper)]
            )
        }
        // The row after which to go on is itself the bound on its side, so that the engine seeks it.
        var place: [SQLValue]?
        if let start, let item = start.item {
            place = [.blob(start.place.range), .blob(item.hash), .blob(item.range)]
        }
        var condition = "x.shard = ? AND x.hash_key = ?"
        var values: [SQLValue] = [.integer(shard), .blob(hash)]
        switch (place, isForward) {
        case (nil, _):
            condition += " AND x.range_key >= ? AND x.range_key < ?"
            values += [.blob(lower), .blob(upper)]
        case (let place?, true):
            condition += " AND (x.range_key, x.item_hash, x.item_range) > (?, ?, ?)"
            condition += " AND x.range_key < ?"
            values += place + [.blob(upper)]
        case (let place?, false):
            condition += " AND (x.range_key, x.item_hash, x.item_range) < (?, ?, ?)"
            condition += " AND x.range_key >= ?"
            values += place + [.blob(lower)]
        }
        let order = ["x.range_key", "x.item_hash", "x.item_range"]
            .map { "\($0) \(direction)" }.joined(separator: ", ")
        return (condition, order, values)
    }

    private func segment(
        _ shards: ClosedRange<Int64>, after start: RowRange.Position?
    ) -> (condition: String, order: String, values: [SQLValue]) {
        // No key is empty, so this comes before every row.
        let place = start?.place ?? StoredKey(shard: shards.lowerBound, hash: [], range: [])
        guard range.index != nil else {
            return (
                "(shard, hash_key, range_key) > (?, ?, ?) AND shard <= ?",
                "shard, hash_key, range_key", place.values + [.integer(shards.upperBound)]
            )
        }
        let item = start?.item ?? StoredKey(shard: 0, hash: [], range: [])
        let columns = "x.shard, x.hash_key, x.range_key, x.item_hash, x.item_range"
        return (
            "(\(columns)) > (?, ?, ?, ?, ?) AND x.shard <= ?", columns,
            place.values + [
                .blob(item.hash), .blob(item.range), .integer(shards.upperBound),
            ]
        )
    }
}
