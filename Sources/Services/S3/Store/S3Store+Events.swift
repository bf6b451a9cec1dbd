import Jobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

extension S3Store {
    /// Owes the notifications of an event from the commit of `transaction` on.
    func notify(
        _ event: S3Event.Kind, _ object: ObjectRecord, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws {
        guard let bytes = try transaction.setting(.notification, of: bucket.id) else { return }
        let configuration: NotificationConfiguration = try Self.value(of: bytes)
        let message = EventMessage(
            event: event, object: object, bucket: bucket, actor: actor, time: clock.now)
        for target in NotificationTarget.all(of: configuration)
        where target.wants(event, key: object.keyText) {
            let notice = NotificationWorker.Notice(
                arn: target.arn, bucket: bucket,
                message: message.record(configurationID: target.id))
            try jobs.enqueue(NotificationWorker.kind, payload: notice.payload, in: transaction)
        }
        guard configuration.eventBridgeConfiguration != nil else { return }
        let bus = "arn:aws:events:\(bucket.region):\(bucket.account):event-bus/default"
        let notice = NotificationWorker.Notice(
            arn: bus, bucket: bucket, message: message.busEvent(id: randomness.uuid()))
        try jobs.enqueue(NotificationWorker.kind, payload: notice.payload, in: transaction)
    }

    /// Sets who is told of what happens in a bucket. Queues and topics get a test event first.
    ///
    /// - Throws: `InvalidArgument` where a target cannot be told.
    func setNotifications(
        _ configuration: NotificationConfiguration, of bucket: BucketRecord, skipsTest: Bool,
        _ context: RequestContext
    ) async throws {
        var configuration = configuration
        named(&configuration.lambdaFunctionConfigurations, \.id)
        named(&configuration.queueConfigurations, \.id)
        named(&configuration.topicConfigurations, \.id)
        let targets = NotificationTarget.all(of: configuration)
        for target in targets { try target.check() }
        try NotificationTarget.checkOverlap(targets)
        if !skipsTest {
            for target in targets where ARN(target.arn)?.service != "lambda" {
                try await test(target, of: bucket, context)
            }
        }
        try await set(.notification, configuration, of: bucket)
    }

    /// Gives the configurations that have no identifier one.
    private func named<Configuration>(
        _ configurations: inout [Configuration]?, _ id: WritableKeyPath<Configuration, String?>
    ) {
        guard var all = configurations else { return }
        for index in all.indices where all[index][keyPath: id]?.isEmpty ?? true {
            all[index][keyPath: id] = randomness.uuid()
        }
        configurations = all
    }

    private func test(
        _ target: NotificationTarget, of bucket: BucketRecord, _ context: RequestContext
    ) async throws {
        let message: Document = [
            "Service": "Amazon S3", "Event": "s3:TestEvent",
            "Time": .string(clock.now.iso8601Milliseconds), "Bucket": .string(bucket.name),
            "RequestId": .string(context.requestID),
            "HostId": .string(Base64.encode(context.requestID.utf8)),
        ]
        do {
            try await deliver(
                NotificationWorker.Notice(arn: target.arn, bucket: bucket, message: message.json()))
        } catch let error as AWSError {
            var failure = S3Failure.argument(
                "Unable to validate the following destination configurations", target.arn,
                error.message)
            failure.fields["ArgumentName"] = .string("\(target.arn), null")
            throw failure
        }
    }
}
