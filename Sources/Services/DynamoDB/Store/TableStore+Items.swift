import DynamoDBModel
import DynamoDBValues
import Platform
import Storage
import Wire

extension TableStore {
    /// Makes a write of one item.
    ///
    /// - Returns: what changed; `nil` where nobody needs to know what was there.
    /// - Throws: `ConditionalCheckFailedException`, `StaleTable`, and what an update's error is.
    func write(_ write: ItemWrite, failure: String?) async throws -> ItemChange? {
        let now = clock.now
        do {
            return try await database.write { transaction in
                if write.isBlind, case .put(let item) = write.action {
                    try transaction.overwrite(item, at: write.key, of: write.table)
                    return nil
                }
                let change = try write.prepare(at: now, in: transaction)
                try transaction.apply(change)
                return change
            }
        } catch let failed as ConditionFailed {
            throw Self.conditionFailed(failed.item, returning: failure)
        }
    }

    /// The error of a condition that does not hold.
    ///
    /// - Parameter asked: the request's `ReturnValuesOnConditionCheckFailure`.
    static func conditionFailed(_ item: EncodedItem?, returning asked: String?) -> AWSError {
        var fields: [String: Document] = [:]
        if asked == "ALL_OLD", let item { fields["Item"] = Item(item).document }
        return DynamoDBError.conditionalCheckFailedException(
            "The conditional request failed", fields)
    }

    /// The size of all items with the partition key of one, where a request asks for it and the table has local indexes.
    func collectionMetrics(
        _ asked: String?, of key: StoredKey, _ attributes: Item, in table: Table
    ) async throws -> ItemCollectionMetrics? {
        guard asked == "SIZE", table.indexes.contains(where: { $0.kind == .local }),
            let hash = table.key.hash.first
        else { return nil }
        let bytes = try await database.read { transaction in
            try transaction.first(
                "SELECT SUM(size) FROM items WHERE shard = ? AND hash_key = ?", key.shard, key.hash
            )?.optionalInt(0) ?? 0
        }
        var collection = AttributeMap()
        collection[hash.name] = attributes[hash.name]
        // AWS estimates to a gigabyte.
        let lower = (Double(bytes) / 0x1p30).rounded(.down)
        return ItemCollectionMetrics(
            itemCollectionKey: Item(collection), sizeEstimateRangeGB: [lower, lower + 1])
    }
}
