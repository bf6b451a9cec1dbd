import Platform
import SQSModel
import ServiceKit
import Wire

/// A queue of SQS.
struct QueueSource: Sendable {
    let caller: ServiceCaller
    let arn: ARN
    let url: String
    let context: RequestContext

    /// Messages of one `ReceiveMessage` and of one `DeleteMessageBatch`.
    static let pageSize = 10

    /// Finds the queue.
    ///
    /// - Throws: the error of `GetQueueUrl`.
    init(caller: ServiceCaller, arn: ARN, context: RequestContext) async throws {
        self.caller = caller
        self.arn = arn
        self.context = context
        let answer = try await caller.call(
            SQSAPI.getQueueUrl,
            GetQueueUrlRequest(queueName: arn.resource, queueOwnerAWSAccountId: arn.account),
            in: context)
        url = answer.queueUrl ?? ""
    }

    /// Up to `limit` messages, which nobody else sees for the queue's visibility timeout.
    ///
    /// - Parameter waitSeconds: how long to wait for the first.
    func receive(limit: Int, waitSeconds: Int) async throws -> [QueueRecord] {
        let answer = try await caller.call(
            SQSAPI.receiveMessage,
            ReceiveMessageRequest(
                queueUrl: url, messageSystemAttributeNames: ["All"], messageAttributeNames: ["All"],
                maxNumberOfMessages: min(limit, Self.pageSize), waitTimeSeconds: waitSeconds),
            in: context)
        return (answer.messages ?? []).map(record)
    }

    /// Deletes messages that are done with.
    ///
    /// - Throws: the error of `DeleteMessageBatch`. A message that stays is received again.
    func delete(_ records: [QueueRecord]) async throws {
        var rest = records[...]
        while !rest.isEmpty {
            let page = rest.prefix(Self.pageSize)
            rest = rest.dropFirst(Self.pageSize)
            let entries = page.enumerated().map { index, record in
                DeleteMessageBatchRequestEntry(id: "\(index)", receiptHandle: record.receipt)
            }
            _ = try await caller.call(
                SQSAPI.deleteMessageBatch,
                DeleteMessageBatchRequest(queueUrl: url, entries: entries), in: context)
        }
    }

    private func record(_ message: Message) -> QueueRecord {
        let body = message.body ?? ""
        var event: [String: Document] = [
            "messageId": .string(message.messageId ?? ""),
            "receiptHandle": .string(message.receiptHandle ?? ""), "body": .string(body),
            "attributes": .object((message.attributes ?? [:]).mapValues { .string($0) }),
            "messageAttributes": .object(
                (message.messageAttributes ?? [:]).mapValues(Self.attribute)),
            "md5OfBody": .string(message.md5OfBody ?? ""), "eventSource": "aws:sqs",
            "eventSourceARN": .string(arn.description), "awsRegion": .string(arn.region),
        ]
        event["md5OfMessageAttributes"] = message.md5OfMessageAttributes.map { .string($0) }
        var filterable = event
        if let parsed = try? Document(json: body) { filterable["body"] = parsed }
        return QueueRecord(
            id: message.messageId ?? "", receipt: message.receiptHandle ?? "",
            event: .object(event), filterable: .object(filterable))
    }

    private static func attribute(_ attribute: MessageAttributeValue) -> Document {
        var members: [String: Document] = [
            "dataType": .string(attribute.dataType), "stringListValues": [], "binaryListValues": [],
        ]
        members["stringValue"] = attribute.stringValue.map { .string($0) }
        members["binaryValue"] = attribute.binaryValue.map { .string(Base64.encode($0)) }
        return .object(members)
    }
}

/// A message of a queue.
struct QueueRecord: Sendable {
    let id: String
    let receipt: String
    /// The message as the function sees it.
    let event: Document
    /// The message as filters see it: a body that is JSON stands in it as what it says.
    let filterable: Document
}
