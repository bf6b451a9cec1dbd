import DynamoDBStreamsModel
import Platform
import ServiceKit
import Wire

/// Answers where to begin to read a shard.
struct GetShardIterator: OperationHandler {
    static let operation = DynamoDBStreamsAPI.getShardIterator
    let streams: StreamStore
    let tables: TableStore

    func access(for input: GetShardIteratorInput, in context: RequestContext) -> [AccessRequest] {
        tables.access("GetShardIterator", arn: input.streamArn)
    }

    func handle(_ input: GetShardIteratorInput, in context: RequestContext) async throws
        -> GetShardIteratorOutput
    {
        let stream = try await streams.stream(StreamARN(input.streamArn))
        guard input.shardId == stream.shardID else {
            throw DynamoDBStreamsError.resourceNotFoundException(
                "Requested resource not found: Shard: \(input.shardId) in Stream: "
                    + "\(input.streamArn) not found")
        }
        let iterator = ShardIterator(
            stream: stream.arn, next: try await start(input, stream), issued: streams.clock.now)
        return GetShardIteratorOutput(shardIterator: iterator.text)
    }

    private func start(_ input: GetShardIteratorInput, _ stream: StoredStream) async throws
        -> Int64
    {
        switch input.shardIteratorType {
        case "LATEST": return stream.nextSequence
        case "TRIM_HORIZON": return try await streams.horizon(of: stream)
        default: break
        }
        guard let text = input.sequenceNumber else {
            throw AWSError(
                "ValidationException",
                "SequenceNumber is required for ShardIteratorType \(input.shardIteratorType)")
        }
        guard let number = SequenceNumber.number(text), number <= stream.nextSequence else {
            throw AWSError(
                "ValidationException", "Invalid SequenceNumber: \(text) for \(input.shardId)")
        }
        let next = input.shardIteratorType == "AFTER_SEQUENCE_NUMBER" ? number + 1 : number
        guard try await next >= streams.horizon(of: stream) else {
            throw DynamoDBStreamsError.trimmedDataAccessException(
                "The operation attempted to read past the oldest stream record in a shard.")
        }
        return next
    }
}
