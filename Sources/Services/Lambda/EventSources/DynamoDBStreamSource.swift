import DynamoDBStreamsModel
import Platform
import ServiceKit
import Wire

/// The changes of a DynamoDB table.
struct DynamoDBStreamSource: StreamSource {
    let caller: ServiceCaller
    let arn: String
    let context: RequestContext

    let batchInfoName = "DDBStreamBatchInfo"
    /// Records of one `GetRecords`.
    private static let pageSize = 1_000

    func shards() async throws -> [StreamShard] {
        var shards: [StreamShard] = []
        var last: String?
        repeat {
            let answer = try await caller.call(
                DynamoDBStreamsAPI.describeStream,
                DescribeStreamInput(streamArn: arn, exclusiveStartShardId: last), in: context)
            for shard in answer.streamDescription?.shards ?? [] {
                guard let id = shard.shardId else { continue }
                shards.append(StreamShard(id: id, parent: shard.parentShardId))
            }
            last = answer.streamDescription?.lastEvaluatedShardId
        } while last != nil
        return shards
    }

    func iterator(of shard: String, from start: StreamStart) async throws -> String? {
        var input = GetShardIteratorInput(
            streamArn: arn, shardId: shard, shardIteratorType: "TRIM_HORIZON")
        if case .after(let sequence) = start {
            input.shardIteratorType = "AFTER_SEQUENCE_NUMBER"
            input.sequenceNumber = sequence
        }
        return try await caller.call(DynamoDBStreamsAPI.getShardIterator, input, in: context)
            .shardIterator
    }

    func records(
        at iterator: String, of shard: String, limit: Int
    ) async throws -> (records: [StreamRecord], next: String?) {
        let answer = try await caller.call(
            DynamoDBStreamsAPI.getRecords,
            GetRecordsInput(shardIterator: iterator, limit: min(limit, Self.pageSize)), in: context)
        return ((answer.records ?? []).compactMap(record), answer.nextShardIterator)
    }

    private func record(_ record: Record) -> StreamRecord? {
        guard let change = record.dynamodb, let sequence = change.sequenceNumber else { return nil }
        let arrival = change.approximateCreationDateTime ?? context.time
        var dynamodb = change.document(in: DynamoDBStreamsAPI.description.schema())
        var keys = ""
        if case .object(var members) = dynamodb {
            // Lambda writes the time as seconds, and the rest as the stream has it.
            members["ApproximateCreationDateTime"] = .integer(arrival.seconds)
            keys = members["Keys"]?.jsonText ?? ""
            dynamodb = .object(members)
        }
        var event: [String: Document] = ["dynamodb": dynamodb, "eventSourceARN": .string(arn)]
        event["eventID"] = record.eventID.map { .string($0) }
        event["eventName"] = record.eventName.map { .string($0) }
        event["eventVersion"] = record.eventVersion.map { .string($0) }
        event["eventSource"] = record.eventSource.map { .string($0) }
        event["awsRegion"] = record.awsRegion.map { .string($0) }
        if let identity = record.userIdentity {
            var members: [String: Document] = [:]
            members["principalId"] = identity.principalId.map { .string($0) }
            members["type"] = identity.type.map { .string($0) }
            event["userIdentity"] = .object(members)
        }
        return StreamRecord(
            sequence: sequence, partition: keys, arrival: arrival, event: .object(event),
            filterable: .object(event))
    }
}
