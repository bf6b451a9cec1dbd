import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Changes attributes of one item, or makes it.
struct UpdateItem: OperationHandler {
    static let operation = DynamoDBAPI.updateItem
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: UpdateItemInput, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let reference = try TableReference(input.tableName, in: context)
        return [
            tables.access(
                "UpdateItem", reference,
                keys: try await tables.conditionKeys(for: input.key, of: reference))
        ]
    }

    func handle(_ input: UpdateItemInput, in context: RequestContext) async throws
        -> UpdateItemOutput
    {
        let (update, condition) = try Expressions.update(input)
        let reference = try TableReference(input.tableName, in: context)
        return try await tables.retrying(reference) { table in
            let key = try KeyRules.place(input.key, of: table)
            try update.check(keys: table.key.names)
            try meter.admit(.write, to: table)
            let change = try await tables.write(
                ItemWrite(
                    table: table, key: key, keyAttributes: input.key.attributes,
                    action: .update { try update.applied(to: $0) }, condition: condition),
                failure: input.returnValuesOnConditionCheckFailure)
            var capacity = Capacity()
            if let change { capacity.add(change, factor: 1) }
            meter.note(capacity.total, .write, of: table)
            return UpdateItemOutput(
                attributes: change.flatMap {
                    ReturnValues.attributes(input.returnValues, of: $0, updated: update.paths)
                },
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: input.returnConsumedCapacity),
                itemCollectionMetrics: try await tables.collectionMetrics(
                    input.returnItemCollectionMetrics, of: key, input.key, in: table))
        }
    }
}
