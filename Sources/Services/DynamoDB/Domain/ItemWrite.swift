import DynamoDBValues
import Platform
import Storage
import Wire

/// A write of one item as a request asks for it, before it is known what is there.
struct ItemWrite: Sendable {
    /// Makes of the attributes that are there those that will be; of an item that is not there, its key.
    typealias Change = @Sendable (AttributeMap) throws -> AttributeMap

    /// What becomes of the item.
    enum Action: Sendable {
        case put(EncodedItem)
        case delete
        /// Changed by an update, whose error names what is wrong with it.
        case update(Change)
        /// Nothing: only the condition matters.
        case check
    }

    let table: Table
    let key: StoredKey
    /// The attributes of the key.
    let keyAttributes: AttributeMap
    let action: Action
    /// What must hold for the item that is there; of one that is not there, no attribute exists.
    var condition: ConditionExpression?
    /// Whether what was there is asked for.
    var returnsOld = false
    /// Whether DynamoDB itself makes it.
    var isByService = false

    /// Whether it changes nothing.
    var isCheck: Bool { if case .check = action { true } else { false } }

    /// Whether it can be made without knowing what is there.
    var isBlind: Bool {
        guard case .put = action else { return false }
        return condition == nil && !returnsOld && !table.needsOldItem
    }

    /// Finds out what the write does, in the transaction that makes it.
    ///
    /// - Throws: `ConditionFailed`, `StaleTable`, and what an update's error is.
    func prepare(at time: Instant, in transaction: any ReadTransaction) throws -> ItemChange {
        let old = try transaction.item(at: key, of: table)
        if let condition, !condition.holds(for: old.map { Item($0) } ?? Item()) {
            throw ConditionFailed(item: old)
        }
        return ItemChange(
            table: table, key: key, old: old, new: try result(old), time: time,
            isByService: isByService)
    }

    private func result(_ old: EncodedItem?) throws -> EncodedItem? {
        switch action {
        case .put(let item): return item
        case .delete: return nil
        case .check: return old
        case .update(let change):
            let updated = try change(old?.attributes ?? keyAttributes)
            guard updated.size <= DynamoDBLimits.itemBytes else {
                throw AWSError.validation(
                    "Item size to update has exceeded the maximum allowed size")
            }
            try KeyRules.checkIndexes(updating: updated, in: table)
            return EncodedItem(updated)
        }
    }
}

/// The condition of a write does not hold for what is there.
struct ConditionFailed: Error {
    /// What is there.
    let item: EncodedItem?
}
