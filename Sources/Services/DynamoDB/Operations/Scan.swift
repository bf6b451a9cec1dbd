import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Reads all items, or those of a segment.
struct Scan: OperationHandler {
    static let operation = DynamoDBAPI.scan
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: ScanInput, in context: RequestContext) throws -> [AccessRequest] {
        var keys: [String: [String]] = [:]
        if let select = input.select { keys["dynamodb:Select"] = [select] }
        if input.filterExpression == nil { keys["dynamodb:FullTableScan"] = ["true"] }
        return try tables.access(
            "Scan", input.tableName, index: input.indexName, keys: keys, in: context)
    }

    func handle(_ input: ScanInput, in context: RequestContext) async throws -> ScanOutput {
        let segment = try ScanSegment(input.segment, of: input.totalSegments)
        let request = try Expressions.scan(input)
        let reference = try TableReference(input.tableName, in: context)
        return try await tables.retrying(reference) { table in
            let index = try request.index(of: table)
            let shards = segment.shards(of: index?.id ?? table.id)
            let start = try request.start.map { try StartKey.position($0, of: table, index) }
            if let start, shards.map({ !$0.contains(start.place.shard) }) ?? true {
                throw AWSError.validation(
                    "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                        + "ExclusiveStartKey with correct Segment. TotalSegments: "
                        + "\(segment.count) Segment: \(segment.number)")
            }
            try meter.admit(.read, to: table)
            var page = PageReader.Page()
            if let shards {
                page = try await request.page(
                    RowRange(
                        table: table, index: index, extent: .shards(shards),
                        readsItems: request.readsItems(index), start: start),
                    from: tables.database)
            }
            let capacity = request.capacity(page, index)
            meter.note(capacity.total, .read, of: table)
            return ScanOutput(
                items: request.items(page), count: page.kept, scannedCount: page.scanned,
                lastEvaluatedKey: page.last.map { StartKey.key(of: $0, in: table, index) },
                consumedCapacity: ConsumedCapacity(
                    capacity, of: table, asked: request.returnsCapacity))
        }
    }
}
