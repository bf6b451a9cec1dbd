import DynamoDBStreamsModel
import KinesisModel
import Platform
import SQSModel
import ServiceKit
import Synchronization
import Wire

/// A queue as SQS has it, as far as Lambda asks.
final class FakeQueue: ApusService {
    static let arn = "arn:aws:sqs:us-east-1:123456789012:work"

    private struct State {
        var waiting: [SQSModel.Message] = []
        /// Received and not deleted.
        var hidden: [String: SQSModel.Message] = [:]
    }

    private let state = Mutex(State())

    func send(_ body: String, id: String) {
        state.withLock {
            $0.waiting.append(
                SQSModel.Message(
                    messageId: id, receiptHandle: "r-\(id)", md5OfBody: "m", body: body,
                    attributes: ["ApproximateReceiveCount": "1"],
                    messageAttributes: ["k": .init(stringValue: "v", dataType: "String")]))
        }
    }

    /// The messages that are neither waiting nor deleted.
    var hidden: [String] { state.withLock { $0.hidden.keys.sorted() } }
    /// Whether every message has been received.
    var isEmpty: Bool { state.withLock { $0.waiting.isEmpty } }

    /// Lets hidden messages be seen again.
    func show() {
        state.withLock { state in
            state.waiting += state.hidden.sorted { $0.key < $1.key }.map(\.value)
            state.hidden = [:]
        }
    }

    func register(with registry: inout ServiceRegistry) {
        registry.operations.register(URLHandler())
        registry.operations.register(ReceiveHandler(queue: self))
        registry.operations.register(DeleteHandler(queue: self))
    }

    func run() async throws {}

    private struct URLHandler: OperationHandler {
        static let operation = SQSAPI.getQueueUrl
        func access(
            for input: GetQueueUrlRequest, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: GetQueueUrlRequest, in context: RequestContext
        ) async throws -> GetQueueUrlResult { GetQueueUrlResult(queueUrl: input.queueName) }
    }

    private struct ReceiveHandler: OperationHandler {
        static let operation = SQSAPI.receiveMessage
        let queue: FakeQueue
        func access(
            for input: ReceiveMessageRequest, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: ReceiveMessageRequest, in context: RequestContext
        ) async throws -> ReceiveMessageResult {
            await Task.yield()
            let taken = queue.state.withLock { state in
                let taken = Array(state.waiting.prefix(input.maxNumberOfMessages ?? 1))
                state.waiting.removeFirst(taken.count)
                for message in taken { state.hidden[message.messageId ?? ""] = message }
                return taken
            }
            return ReceiveMessageResult(messages: taken)
        }
    }

    private struct DeleteHandler: OperationHandler {
        static let operation = SQSAPI.deleteMessageBatch
        let queue: FakeQueue
        func access(
            for input: DeleteMessageBatchRequest, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: DeleteMessageBatchRequest, in context: RequestContext
        ) async throws -> DeleteMessageBatchResult {
            queue.state.withLock { state in
                for entry in input.entries {
                    state.hidden[String(entry.receiptHandle.dropFirst(2))] = nil
                }
            }
            return DeleteMessageBatchResult()
        }
    }
}

/// A stream of a table as DynamoDB Streams has it: shards of numbered records, closed or open.
final class FakeTableStream: ApusService {
    static let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026"

    struct Shard {
        var parent: String?
        var records: [DynamoDBStreamsModel.Record] = []
        var isClosed = false
    }

    private let state = Mutex<[String: Shard]>([:])

    func change(_ change: (inout [String: Shard]) -> Void) { state.withLock { change(&$0) } }

    /// Adds a record with this number.
    func put(_ number: Int, to shard: String = "s1", at time: Instant) {
        state.withLock { shards in
            shards[shard, default: Shard()].records.append(
                DynamoDBStreamsModel.Record(
                    eventID: "e\(number)", eventName: "INSERT", eventVersion: "1.1",
                    eventSource: "aws:dynamodb", awsRegion: "us-east-1",
                    dynamodb: DynamoDBStreamsModel.StreamRecord(
                        approximateCreationDateTime: time, sequenceNumber: "\(number)",
                        sizeBytes: 1, streamViewType: "KEYS_ONLY")))
        }
    }

    func register(with registry: inout ServiceRegistry) {
        registry.operations.register(DescribeHandler(stream: self))
        registry.operations.register(IteratorHandler())
        registry.operations.register(RecordsHandler(stream: self))
    }

    func run() async throws {}

    private struct DescribeHandler: OperationHandler {
        static let operation = DynamoDBStreamsAPI.describeStream
        let stream: FakeTableStream
        func access(
            for input: DescribeStreamInput, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: DescribeStreamInput, in context: RequestContext
        ) async throws -> DescribeStreamOutput {
            let shards = stream.state.withLock { $0 }.sorted { $0.key < $1.key }
            return DescribeStreamOutput(
                streamDescription: StreamDescription(
                    shards: shards.map {
                        DynamoDBStreamsModel.Shard(shardId: $0.key, parentShardId: $0.value.parent)
                    }))
        }
    }

    /// An iterator is the shard and how many records come before.
    private struct IteratorHandler: OperationHandler {
        static let operation = DynamoDBStreamsAPI.getShardIterator
        func access(
            for input: DynamoDBStreamsModel.GetShardIteratorInput, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: DynamoDBStreamsModel.GetShardIteratorInput, in context: RequestContext
        ) async throws -> DynamoDBStreamsModel.GetShardIteratorOutput {
            .init(shardIterator: "\(input.shardId)/\(input.sequenceNumber ?? "0")")
        }
    }

    private struct RecordsHandler: OperationHandler {
        static let operation = DynamoDBStreamsAPI.getRecords
        let stream: FakeTableStream
        func access(
            for input: DynamoDBStreamsModel.GetRecordsInput, in context: RequestContext
        ) async throws -> [AccessRequest] { [] }
        func handle(
            _ input: DynamoDBStreamsModel.GetRecordsInput, in context: RequestContext
        ) async throws -> DynamoDBStreamsModel.GetRecordsOutput {
            let parts = input.shardIterator.split(separator: "/")
            let (id, after) = (String(parts[0]), Int(parts[1]) ?? 0)
            let shard = stream.state.withLock { $0[id] } ?? Shard()
            let rest = shard.records.filter { Int($0.dynamodb?.sequenceNumber ?? "") ?? 0 > after }
            let page = Array(rest.prefix(input.limit ?? 1_000))
            let isAtEnd = shard.isClosed && page.count == rest.count
            let last = page.last?.dynamodb?.sequenceNumber ?? "\(after)"
            return .init(records: page, nextShardIterator: isAtEnd ? nil : "\(id)/\(last)")
        }
    }
}
