import DynamoDBStreamsModel
import Platform
import ServiceKit
import Wire

/// Reads records of a shard, in their order.
struct GetRecords: OperationHandler {
    static let operation = DynamoDBStreamsAPI.getRecords
    let streams: StreamStore
    let tables: TableStore

    func access(for input: GetRecordsInput, in context: RequestContext) throws -> [AccessRequest] {
        let iterator = try ShardIterator(input.shardIterator, now: streams.clock.now)
        return tables.access("GetRecords", arn: iterator.stream.text)
    }

    func handle(_ input: GetRecordsInput, in context: RequestContext) async throws
        -> GetRecordsOutput
    {
        let now = streams.clock.now
        let iterator = try ShardIterator(input.shardIterator, now: now)
        let (stream, records, next) = try await streams.records(
            iterator, limit: input.limit ?? DynamoDBLimits.streamRecords)
        return GetRecordsOutput(
            records: records.map { $0.record(of: stream) },
            nextShardIterator: next.map {
                ShardIterator(stream: stream.arn, next: $0, issued: now).text
            })
    }
}
