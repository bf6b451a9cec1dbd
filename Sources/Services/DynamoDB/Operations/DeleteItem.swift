import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Deletes one item by its key, if it is there.
struct DeleteItem: OperationHandler {
    static let operation = DynamoDBAPI.deleteItem
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: DeleteItemInput, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let reference = try TableReference(input.tableName, in: context)
        return [
            tables.access(
                "DeleteItem", reference,
                keys: try await tables.conditionKeys(for: input.key, of: reference))
        ]
    }

    func handle(_ input: DeleteItemInput, in context: RequestContext) async throws
        -> DeleteItemOutput
    {
        try ReturnValues.check(input.returnValues)
        let condition = try Expressions.condition(
            input.conditionExpression, names: input.expressionAttributeNames,
            values: input.expressionAttributeValues, expected: input.expected,
            conditionalOperator: input.conditionalOperator, layer: .enveloped)
        let reference = try TableReference(input.tableName, in: context)
        return try await tables.retrying(reference) { table in
            let key = try KeyRules.place(input.key, of: table)
            try meter.admit(.write, to: table)
            let change = try await tables.write(
                ItemWrite(
                    table: table, key: key, keyAttributes: AttributeMap(), action: .delete,
                    condition: condition),
                failure: input.returnValuesOnConditionCheckFailure)
            var capacity = Capacity()
            if let change { capacity.add(change, factor: 1) }
            meter.note(capacity.total, .write, of: table)
            return DeleteItemOutput(
                attributes: input.returnValues == "ALL_OLD" ? change?.old.map { Item($0) } : nil,
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: input.returnConsumedCapacity),
                itemCollectionMetrics: try await tables.collectionMetrics(
                    input.returnItemCollectionMetrics, of: key, input.key, in: table))
        }
    }
}
