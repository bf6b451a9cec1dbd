import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Puts an item, in the place of what has its key.
struct PutItem: OperationHandler {
    static let operation = DynamoDBAPI.putItem
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: PutItemInput, in context: RequestContext) async throws -> [AccessRequest]
    {
        let reference = try TableReference(input.tableName, in: context)
        return [
            tables.access(
                "PutItem", reference,
                keys: try await tables.conditionKeys(for: input.item, of: reference))
        ]
    }

    func handle(_ input: PutItemInput, in context: RequestContext) async throws -> PutItemOutput {
        try ReturnValues.check(input.returnValues)
        let condition = try Expressions.condition(
            input.conditionExpression, names: input.expressionAttributeNames,
            values: input.expressionAttributeValues, expected: input.expected,
            conditionalOperator: input.conditionalOperator, layer: .enveloped)
        let reference = try TableReference(input.tableName, in: context)
        let attributes = input.item.attributes
        let item = EncodedItem(attributes)
        guard item.size <= DynamoDBLimits.itemBytes else {
            throw AWSError.validation("Item size has exceeded the maximum allowed size")
        }
        let returnsOld = input.returnValues == "ALL_OLD"
        return try await tables.retrying(reference) { table in
            let key = try KeyRules.place(putting: attributes, into: table)
            try KeyRules.checkIndexes(putting: attributes, into: table)
            try meter.admit(.write, to: table)
            let change = try await tables.write(
                ItemWrite(
                    table: table, key: key, keyAttributes: AttributeMap(), action: .put(item),
                    condition: condition,
                    returnsOld: returnsOld || input.returnConsumedCapacity != nil),
                failure: input.returnValuesOnConditionCheckFailure)
            var capacity = Capacity()
            if let change {
                capacity.add(change, factor: 1)
            } else {
                capacity.add(Capacity.writing(item.size))
            }
            meter.note(capacity.total, .write, of: table)
            return PutItemOutput(
                attributes: returnsOld ? change?.old.map { Item($0) } : nil,
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: input.returnConsumedCapacity),
                itemCollectionMetrics: try await tables.collectionMetrics(
                    input.returnItemCollectionMetrics, of: key, input.item, in: table))
        }
    }
}
