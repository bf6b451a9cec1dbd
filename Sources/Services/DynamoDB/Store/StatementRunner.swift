import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Storage
import Wire

/// Does what statements of PartiQL say, by the same means as the operations that do it without a language.
struct StatementRunner: Sendable {
    let tables: TableStore
    let meter: ThroughputMeter

    /// A write of a statement, and what the statement asks to know of it.
    struct Write: Sendable {
        let write: ItemWrite
        let returning: PartiQLStatement.Returning?
        /// What an update names.
        let paths: [DocumentPath]
        let isInsert: Bool
    }

    /// What the caller must be allowed to do to run a statement.
    ///
    /// - Throws: `ValidationException`.
    func access(_ statement: PartiQLStatement, in context: RequestContext) throws -> AccessRequest {
        let reference = try TableReference(statement.table, in: context)
        switch statement {
        case .select(let select):
            return tables.access("PartiQLSelect", reference, index: select.index)
        case .exists: return tables.access("ConditionCheckItem", reference)
        case .insert: return tables.access("PartiQLInsert", reference)
        case .update: return tables.access("PartiQLUpdate", reference)
        case .delete: return tables.access("PartiQLDelete", reference)
        }
    }

    // MARK: - Reading

    /// A page of what a statement selects.
    ///
    /// - Throws: `ValidationException`, `StaleTable`.
    func select(
        _ select: PartiQLStatement.Select, from table: Table, limit: Int?, start: Item?,
        isConsistent: Bool
    ) async throws -> (items: [Item], next: Item?, capacity: Capacity) {
        if let name = select.index, !table.indexes.contains(where: { $0.name == name }) {
            throw AWSError.validation("The table does not have the specified index")
        }
        let request = ReadRequest(
            indexName: select.index, isConsistent: isConsistent, selection: nil,
            projection: select.columns.map { ProjectionExpression(paths: $0.map(\.path)) },
            filter: select.condition, limit: limit, start: start, returnsCapacity: nil)
        let index = try request.index(of: table)
        let extent = try extent(of: select, index?.key ?? table.key, index?.id ?? table.id)
        try meter.admit(.read, to: table)
        let page = try await request.page(
            RowRange(
                table: table, index: index, extent: extent, readsItems: request.readsItems(index),
                start: try start.map {
                    try StartKey.position($0, of: table, index, within: extent)
                }), from: tables.database)
        let capacity = request.capacity(page, index)
        meter.note(capacity.total, .read, of: table)
        return (
            page.items.map { select.item(from: $0) },
            page.last.map { StartKey.key(of: $0, in: table, index) }, capacity
        )
    }

    /// The rows that a selection goes through: those of a partition key where the condition names one, else all.
    private func extent(of select: PartiQLStatement.Select, _ key: KeySchema, _ owner: Int64) throws
        -> RowRange.Extent
    {
        let clauses = select.condition?.keyClauses(
            hash: key.hash.map(\.name), range: key.range.map(\.name))
        if let order = select.order.first {
            guard select.condition != nil else {
                throw AWSError.validation(
                    "Must have WHERE clause in the statement when using ORDER BY clause.")
            }
            guard clauses != nil else {
                throw AWSError.validation(
                    "Must have at least one non-optional hash key condition in WHERE clause when "
                        + "using ORDER BY clause.")
            }
            guard key.names.contains(order.attribute) else {
                throw AWSError.validation(
                    "Variable reference \(order.attribute) in ORDER BY clause must be part of the "
                        + "primary key")
            }
        }
        guard let clauses else { return .shards(StoredKey.shards(of: owner)) }
        let descends = select.order.last?.isDescending ?? false
        return try KeyConditions(clauses).extent(of: key, isForward: !descends)
    }

    /// Where the one item lies that a selection of a batch or a transaction reads.
    ///
    /// - Throws: `ValidationException` where the condition does not name its key.
    func place(of select: PartiQLStatement.Select, in table: Table, for operation: String) throws
        -> (key: StoredKey, rest: ConditionExpression?)
    {
        guard select.index == nil, let found = select.condition?.key(table.key.names) else {
            throw AWSError.validation(
                "Select statements within \(operation) must specify the primary key in the where "
                    + "clause.")
        }
        return (try KeyRules.place(Item(found.key), of: table), found.rest)
    }

    // MARK: - Writing

    /// The write that a statement is; `nil` for selections.
    ///
    /// - Throws: `ValidationException`.
    func write(_ statement: PartiQLStatement, in table: Table, returnsOld: Bool = false) throws
        -> Write?
    {
        switch statement {
        case .select: return nil
        case .exists(let select):
            let (key, rest) = try place(of: select, in: table, for: "ExecuteTransaction")
            return Write(
                write: ItemWrite(
                    table: table, key: key, keyAttributes: AttributeMap(), action: .check,
                    condition: exists(in: table, rest)), returning: nil, paths: [],
                isInsert: false)
        case .insert(_, let attributes):
            let key = try KeyRules.place(putting: attributes, into: table)
            try KeyRules.checkIndexes(putting: attributes, into: table)
            let item = EncodedItem(attributes)
            guard item.size <= DynamoDBLimits.itemBytes else {
                throw AWSError.validation("Item size has exceeded the maximum allowed size")
            }
            return Write(
                write: ItemWrite(
                    table: table, key: key, keyAttributes: AttributeMap(), action: .put(item),
                    condition: .not(exists(in: table, nil))), returning: nil, paths: [],
                isInsert: true)
        case .update(let statement):
            let (key, attributes, rest) = try self.key(statement.condition, of: table)
            try statement.update.check(keys: table.key.names)
            return Write(
                write: ItemWrite(
                    table: table, key: key, keyAttributes: attributes,
                    action: .update { try statement.update.applied(to: $0) },
                    condition: exists(in: table, rest)), returning: statement.returning,
                paths: statement.update.paths, isInsert: false)
        case .delete(let statement):
            let (key, attributes, rest) = try self.key(statement.condition, of: table)
            return Write(
                write: ItemWrite(
                    table: table, key: key, keyAttributes: attributes, action: .delete,
                    condition: rest), returning: statement.returning, paths: [], isInsert: false)
        }
    }

    private func key(_ condition: ConditionExpression?, of table: Table) throws -> (
        StoredKey, AttributeMap, ConditionExpression?
    ) {
        guard let found = condition?.key(table.key.names) else {
            throw AWSError.validation(
                "Where clause does not contain a mandatory equality on all key attributes")
        }
        return (try KeyRules.place(Item(found.key), of: table), found.key, found.rest)
    }

    /// The condition that an item is there, and what else must hold for it.
    private func exists(in table: Table, _ rest: ConditionExpression?) -> ConditionExpression {
        let exists = ConditionExpression.exists(DocumentPath(table.key.hash[0].name))
        return rest.map { .and([exists, $0]) } ?? exists
    }

    /// Makes a write; answers what the statement asks to know, and what it consumed.
    ///
    /// - Throws: `DuplicateItemException`, `ConditionalCheckFailedException`, `StaleTable`.
    func make(_ write: Write, failure: String?) async throws -> (item: Item?, capacity: Capacity) {
        try meter.admit(.write, to: write.write.table)
        do {
            let change = try await tables.write(write.write, failure: failure)
            var capacity = Capacity()
            if let change { capacity.add(change, factor: 1) }
            meter.note(capacity.total, .write, of: write.write.table)
            let item = change.flatMap {
                ReturnValues.attributes(write.returning?.rawValue, of: $0, updated: write.paths)
            }
            return (item, capacity)
        } catch let error as AWSError
            where write.isInsert && error.code == "ConditionalCheckFailedException"
        {
            throw Self.duplicate
        }
    }

    static let duplicate = DynamoDBError.duplicateItemException(
        "Duplicate primary key exists in table")
}
