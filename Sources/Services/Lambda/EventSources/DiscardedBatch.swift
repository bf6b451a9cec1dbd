import Platform
import Wire

/// What a destination is told of records that were given up
/// (dg/services-dynamodb-errors.html and dg/services-kinesis-errors.html).
struct DiscardedBatch: Sendable {
    let mapping: EventSourceMapping
    let shard: String
    let first: StreamRecord
    let last: StreamRecord
    let count: Int
    /// `RetryAttemptsExhausted` or `RecordAgeExceeded`.
    let condition: String
    let attempts: Int
    let attempt: BatchInvoker.Attempt?
    let time: Instant
    /// `DDBStreamBatchInfo` or `KinesisBatchInfo`.
    let infoName: String

    var document: Document {
        let reference = mapping.reference
        let request: Document = [
            "requestId": .string(attempt?.requestID ?? ""),
            "functionArn": .string(reference.key.arn(qualifier: reference.version)),
            "condition": .string(condition), "approximateInvokeCount": .integer(Int64(attempts)),
        ]
        let info: Document = [
            "shardId": .string(shard), "startSequenceNumber": .string(first.sequence),
            "endSequenceNumber": .string(last.sequence),
            "approximateArrivalOfFirstRecord": .string(first.arrival.iso8601Milliseconds),
            "approximateArrivalOfLastRecord": .string(last.arrival.iso8601Milliseconds),
            "batchSize": .integer(Int64(count)), "streamArn": .string(mapping.sourceARN),
        ]
        var members: [String: Document] = [
            "version": "1.0", "timestamp": .string(time.iso8601Milliseconds),
            "requestContext": request, infoName: info,
        ]
        if let attempt {
            members["responseContext"] = [
                "statusCode": 200, "executedVersion": .string(attempt.version),
                "functionError": "Unhandled",
            ]
        }
        return .object(members)
    }

    /// Where the record goes in a bucket.
    var objectKey: String {
        let text = time.iso8601
        let date = text.prefix(10)
        let clock = text.dropFirst(11).prefix(8).replacing(":", with: ".")
        return "aws/lambda/\(mapping.uuid)/\(shard)/\(date.replacing("-", with: "/"))/"
            + "\(date)T\(clock)-\(first.sequence)"
    }
}
