import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Reads the items of one partition key, in the order of their sort keys.
struct Query: OperationHandler {
    static let operation = DynamoDBAPI.query
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: QueryInput, in context: RequestContext) throws -> [AccessRequest] {
        var keys: [String: [String]] = [:]
        if let select = input.select { keys["dynamodb:Select"] = [select] }
        return try tables.access(
            "Query", input.tableName, index: input.indexName, keys: keys, in: context)
    }

    func handle(_ input: QueryInput, in context: RequestContext) async throws -> QueryOutput {
        let (request, conditions) = try Expressions.query(input)
        let reference = try TableReference(input.tableName, in: context)
        return try await tables.retrying(reference) { table in
            let index = try request.index(of: table)
            let extent = try conditions.extent(
                of: index?.key ?? table.key, isForward: input.scanIndexForward ?? true)
            let start = try request.start.map {
                try StartKey.position($0, of: table, index, within: extent)
            }
            try meter.admit(.read, to: table)
            let page = try await request.page(
                RowRange(
                    table: table, index: index, extent: extent,
                    readsItems: request.readsItems(index), start: start),
                from: tables.database)
            let capacity = request.capacity(page, index)
            meter.note(capacity.total, .read, of: table)
            return QueryOutput(
                items: request.items(page), count: page.kept, scannedCount: page.scanned,
                lastEvaluatedKey: page.last.map { StartKey.key(of: $0, in: table, index) },
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: request.returnsCapacity))
        }
    }
}
