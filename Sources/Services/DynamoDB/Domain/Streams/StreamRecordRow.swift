import DynamoDBStreamsModel
import DynamoDBValues
import Platform
import Storage

/// A stream as it is stored. It has one shard, which ends when the stream is disabled.
struct StoredStream: Sendable {
    let id: Int64
    let arn: StreamARN
    let viewType: String
    let keySchema: [KeySchemaElement]
    let created: Instant
    let closed: Instant?
    /// The number that the next record gets.
    let nextSequence: Int64

    /// `shardId-00000001767225600000-0000002a`
    var shardID: String {
        let time = String(created.milliseconds)
        let padded = String(repeating: "0", count: max(0, 20 - time.utf8.count)) + time
        return "shardId-\(padded)-\(Hexadecimal.string(UInt64(id), digits: 8))"
    }

    var shard: Shard {
        Shard(
            shardId: shardID,
            sequenceNumberRange: SequenceNumberRange(
                startingSequenceNumber: SequenceNumber.text(1),
                endingSequenceNumber: closed.map { _ in
                    SequenceNumber.text(max(1, nextSequence - 1))
                }))
    }
}

/// A record of a stream as it is stored.
struct StoredRecord: Sendable {
    let sequence: Int64
    let created: Instant
    let event: String
    let isByService: Bool
    let size: Int
    let key: EncodedItem
    let oldImage: EncodedItem?
    let newImage: EncodedItem?

    static let columns =
        "sequence, created, event, is_service, size, item_key, old_image, new_image"

    init(_ row: Row) {
        sequence = Int64(row.int(0))
        created = row.instant(1)
        event = row.string(2)
        isByService = row.bool(3)
        size = row.int(4)
        key = EncodedItem(stored: row.bytes(5))
        oldImage = row.optionalBytes(6).map(EncodedItem.init(stored:))
        newImage = row.optionalBytes(7).map(EncodedItem.init(stored:))
    }

    /// The record as the API has it.
    func record(of stream: StoredStream) -> Record {
        Record(
            eventID: Hexadecimal.string(UInt64(stream.id), digits: 16)
                + Hexadecimal.string(UInt64(sequence), digits: 16),
            eventName: event, eventVersion: "1.1", eventSource: "aws:dynamodb",
            awsRegion: stream.arn.table.scope.region,
            dynamodb: StreamRecord(
                // AWS gives whole seconds.
                approximateCreationDateTime: Instant(seconds: created.seconds),
                keys: Item(key), newImage: newImage.map { Item($0) },
                oldImage: oldImage.map { Item($0) },
                sequenceNumber: SequenceNumber.text(sequence), sizeBytes: size,
                streamViewType: stream.viewType),
            userIdentity: isByService
                ? Identity(principalId: "dynamodb.amazonaws.com", type: "Service") : nil)
    }
}
