import DynamoDBStreamsModel
import ServiceKit
import Wire

/// Answers what a stream is like, and its shards.
struct DescribeStream: OperationHandler {
    static let operation = DynamoDBStreamsAPI.describeStream
    let streams: StreamStore
    let tables: TableStore

    func access(for input: DescribeStreamInput, in context: RequestContext) -> [AccessRequest] {
        tables.access("DescribeStream", arn: input.streamArn)
    }

    func handle(_ input: DescribeStreamInput, in context: RequestContext) async throws
        -> DescribeStreamOutput
    {
        let stream = try await streams.stream(StreamARN(input.streamArn))
        // A filter asks for the children of a shard; the one shard that there is has none.
        let isPast = input.exclusiveStartShardId.map { $0 >= stream.shardID } ?? false
        let shards = isPast || input.shardFilter != nil ? [] : [stream.shard]
        return DescribeStreamOutput(
            streamDescription: StreamDescription(
                streamArn: stream.arn.text, streamLabel: stream.arn.label,
                streamStatus: stream.closed == nil ? "ENABLED" : "DISABLED",
                streamViewType: stream.viewType, creationRequestDateTime: stream.created,
                tableName: stream.arn.table.name, keySchema: stream.keySchema, shards: shards))
    }
}
