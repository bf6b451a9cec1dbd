import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Storage
import Wire

/// Reads one item by its key.
struct GetItem: OperationHandler {
    static let operation = DynamoDBAPI.getItem
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: GetItemInput, in context: RequestContext) async throws -> [AccessRequest]
    {
        let reference = try TableReference(input.tableName, in: context)
        return [
            tables.access(
                "GetItem", reference,
                keys: try await tables.conditionKeys(for: input.key, of: reference))
        ]
    }

    func handle(_ input: GetItemInput, in context: RequestContext) async throws -> GetItemOutput {
        let projection = try Expressions.projection(
            input.projectionExpression, names: input.expressionAttributeNames,
            attributes: input.attributesToGet, layer: .current)
        let reference = try TableReference(input.tableName, in: context)
        return try await tables.retrying(reference) { table in
            let key = try KeyRules.place(input.key, of: table)
            try meter.admit(.read, to: table)
            let item = try await tables.database.read { try $0.item(at: key, of: table) }
            var capacity = Capacity()
            capacity.add(
                Capacity.reading(item?.size ?? 0, factor: input.consistentRead == true ? 1 : 0.5))
            meter.note(capacity.total, .read, of: table)
            return GetItemOutput(
                item: item.map { projection?.item(from: $0) ?? Item($0) },
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: input.returnConsumedCapacity))
        }
    }
}
