import DynamoDBModel
import Platform
import Storage

/// How many rows a table or an index has, and their bytes as DynamoDB counts them.
struct Figures: Sendable, Equatable {
    var items = 0
    var bytes = 0
}

extension TableStore {
    /// A table's description with its figures and those of its indexes.
    ///
    /// Small tables are counted now. For larger ones the figures of the last count are answered, and counted anew by a
    /// job once they are six hours old, as AWS does.
    func describe(_ table: Table) async throws -> TableDescription {
        let now = clock.now
        let (figures, isDue) = try await database.read { transaction in
            var figures: [Int64: Figures] = [:]
            var isDue = false
            for (owner, source) in table.counted {
                if let counted = try transaction.count(
                    owner, source, limit: DynamoDBLimits.countedRows)
                {
                    figures[owner] = counted
                    continue
                }
                let row = try transaction.first(
                    "SELECT items, bytes, counted FROM figures WHERE id = ?", owner)
                figures[owner] = row.map { Figures(items: $0.int(0), bytes: $0.int(1)) }
                let age = row.map { now - $0.instant(2) }
                isDue = isDue || age.map { $0 >= DynamoDBLimits.figuresAge } ?? true
            }
            return (figures, isDue)
        }
        if isDue {
            try await database.write { [jobs] transaction in
                try FigureCount.enqueue(table.reference, on: jobs, in: transaction)
            }
        }
        return table.description.with(figures, of: table)
    }
}

/// What is counted of a table.
enum CountedRows: Sendable {
    case items
    case copies
    /// Rows of an index that refer to the table's items.
    case references
}

extension Table {
    /// What has figures, by the numbers of the rows.
    var counted: [(Int64, CountedRows)] {
        [(id, .items)]
            + indexes.filter { $0.kind != .expiry }.map {
                ($0.id, $0.hasCopies ? .copies : .references)
            }
    }
}

extension ReadTransaction {
    /// Counts rows; `nil` where there are more than `limit`.
    func count(_ owner: Int64, _ source: CountedRows, limit: Int) throws -> Figures? {
        let shards = StoredKey.shards(of: owner)
        let rows =
            switch source {
            case .items: "SELECT size FROM items WHERE shard BETWEEN ? AND ? LIMIT ?"
            case .copies: "SELECT size FROM index_items WHERE shard BETWEEN ? AND ? LIMIT ?"
            case .references:
                """
                SELECT i.size FROM index_items x
                JOIN items i ON i.shard = x.item_shard AND i.hash_key = x.item_hash
                    AND i.range_key = x.item_range
                WHERE x.shard BETWEEN ? AND ? LIMIT ?
                """
            }
        let row = try first(
            "SELECT COUNT(*), SUM(size) FROM (\(rows)) AS counted", shards.lowerBound,
            shards.upperBound, limit == .max ? Int.max : limit + 1)
        let figures = Figures(items: row?.int(0) ?? 0, bytes: row?.optionalInt(1) ?? 0)
        return figures.items > limit ? nil : figures
    }
}

extension TableDescription {
    /// The description with figures by the numbers of rows.
    func with(_ figures: [Int64: Figures], of table: Table) -> TableDescription {
        var description = self
        let own = figures[table.id] ?? Figures()
        (description.itemCount, description.tableSizeBytes) = (own.items, own.bytes)
        func counted(_ name: String?) -> Figures {
            name.flatMap { table.settings.indexes[$0] }.flatMap { figures[$0] } ?? Figures()
        }
        description.localSecondaryIndexes = localSecondaryIndexes?.map { index in
            var index = index
            let own = counted(index.indexName)
            (index.itemCount, index.indexSizeBytes) = (own.items, own.bytes)
            return index
        }
        description.globalSecondaryIndexes = globalSecondaryIndexes?.map { index in
            var index = index
            let own = counted(index.indexName)
            (index.itemCount, index.indexSizeBytes) = (own.items, own.bytes)
            return index
        }
        return description
    }
}
