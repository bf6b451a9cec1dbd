import KinesisModel
import Platform
import ServiceKit
import Wire

/// A data stream of Kinesis.
struct KinesisStreamSource: StreamSource {
    let caller: ServiceCaller
    let arn: String
    /// The function's role, which records name.
    let role: String
    let context: RequestContext

    let batchInfoName = "KinesisBatchInfo"
    /// Records of one `GetRecords`.
    private static let pageSize = 10_000

    func shards() async throws -> [StreamShard] {
        var shards: [StreamShard] = []
        var token: String?
        repeat {
            let answer = try await caller.call(
                KinesisAPI.listShards,
                token.map { ListShardsInput(nextToken: $0) } ?? ListShardsInput(streamARN: arn),
                in: context)
            for shard in answer.shards ?? [] {
                shards.append(StreamShard(id: shard.shardId, parent: shard.parentShardId))
            }
            token = answer.nextToken
        } while token != nil
        return shards
    }

    func iterator(of shard: String, from start: StreamStart) async throws -> String? {
        var input = GetShardIteratorInput(
            shardId: shard, shardIteratorType: "TRIM_HORIZON", streamARN: arn)
        switch start {
        case .trimHorizon: break
        case .at(let time):
            input.shardIteratorType = "AT_TIMESTAMP"
            input.timestamp = time
        case .after(let sequence):
            input.shardIteratorType = "AFTER_SEQUENCE_NUMBER"
            input.startingSequenceNumber = sequence
        }
        return try await caller.call(KinesisAPI.getShardIterator, input, in: context).shardIterator
    }

    func records(
        at iterator: String, of shard: String, limit: Int
    ) async throws -> (records: [StreamRecord], next: String?) {
        let answer = try await caller.call(
            KinesisAPI.getRecords,
            GetRecordsInput(
                shardIterator: iterator, limit: min(limit, Self.pageSize), streamARN: arn),
            in: context)
        return (answer.records.map { self.record($0, of: shard) }, answer.nextShardIterator)
    }

    private func record(_ record: Record, of shard: String) -> StreamRecord {
        let arrival = record.approximateArrivalTimestamp ?? context.time
        var data: [String: Document] = [
            "kinesisSchemaVersion": "1.0", "partitionKey": .string(record.partitionKey),
            "sequenceNumber": .string(record.sequenceNumber),
            "data": .string(Base64.encode(record.data)),
            "approximateArrivalTimestamp": .number(Double(arrival.milliseconds) / 1_000),
        ]
        let event: [String: Document] = [
            "kinesis": .object(data), "eventSource": "aws:kinesis", "eventVersion": "1.0",
            "eventID": .string("\(shard):\(record.sequenceNumber)"),
            "eventName": "aws:kinesis:record", "invokeIdentityArn": .string(role),
            "awsRegion": .string(context.region), "eventSourceARN": .string(arn),
        ]
        // Filters see what the data says, beside the record's own members.
        data["data"] =
            (try? Document(json: record.data))
            ?? .string(String(decoding: record.data, as: UTF8.self))
        var filterable = data.merging(event) { own, _ in own }
        filterable["kinesis"] = .object(data)
        return StreamRecord(
            sequence: record.sequenceNumber, partition: record.partitionKey, arrival: arrival,
            event: .object(event), filterable: .object(filterable))
    }
}
