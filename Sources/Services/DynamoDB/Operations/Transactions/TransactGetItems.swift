import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Storage
import Wire

/// Reads items of several tables as they were at one moment.
struct TransactGetItems: OperationHandler {
    static let operation = DynamoDBAPI.transactGetItems
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: TransactGetItemsInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try Set(input.transactItems.map(\.get.tableName)).sorted().flatMap {
            try tables.access(
                "GetItem", $0, keys: ["dynamodb:EnclosingOperation": ["TransactGetItems"]],
                in: context)
        }
    }

    func handle(_ input: TransactGetItemsInput, in context: RequestContext) async throws
        -> TransactGetItemsOutput
    {
        let gets = input.transactItems.map(\.get)
        guard gets.count <= DynamoDBLimits.transactionItems else {
            throw TransactionRules.tooMany
        }
        let projections = try gets.map {
            try Expressions.projection(
                $0.projectionExpression, names: $0.expressionAttributeNames)
        }
        let references = try gets.map { try TableReference($0.tableName, in: context) }
        return try await tables.retrying(Set(references)) { known in
            var reads: [(table: Table, key: StoredKey)] = []
            for (get, reference) in zip(gets, references) {
                guard let table = known[reference] else { throw Failure.noTable }
                reads.append((table, try KeyRules.place(get.key, of: table)))
                try meter.admit(.read, to: table)
            }
            guard Set(reads.map(\.key)).count == reads.count else {
                throw TransactionRules.severalOperations
            }
            let items = try await tables.database.read { [reads] transaction in
                try reads.map { try transaction.item(at: $0.key, of: $0.table) }
            }
            var capacities = TableCapacities(kind: .read)
            for (read, item) in zip(reads, items) {
                let units = Capacity.reading(item?.size ?? 0, factor: 2)
                meter.note(units, .read, of: read.table)
                var capacity = Capacity()
                capacity.add(units)
                capacities.add(capacity, of: read.table)
            }
            return TransactGetItemsOutput(
                consumedCapacity: capacities.answer(input.returnConsumedCapacity),
                responses: zip(items, projections).map { item, projection in
                    ItemResponse(item: item.map { projection?.item(from: $0) ?? Item($0) })
                })
        }
    }
}
