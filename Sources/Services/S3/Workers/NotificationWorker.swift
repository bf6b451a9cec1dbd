import Jobs
import Platform
import ServiceKit
import Wire

/// Delivers notifications to what their ARNs name, each until it is taken.
struct NotificationWorker: Sendable {
    static let kind = "notify"
    let store: S3Store

    /// A notification that is owed.
    struct Notice: Sendable {
        var arn: String
        var bucket: String
        var account: String
        var region: String
        var message: [UInt8]

        var payload: [UInt8] {
            Document.object([
                "arn": .string(arn), "bucket": .string(bucket), "account": .string(account),
                "region": .string(region),
                "message": .string(String(decoding: message, as: UTF8.self)),
            ]).json()
        }

        init(arn: String, bucket: BucketRecord, message: [UInt8]) {
            self.arn = arn
            self.bucket = bucket.name
            self.account = bucket.account
            self.region = bucket.region
            self.message = message
        }

        fileprivate init?(_ payload: [UInt8]) {
            guard let document = try? Document(json: payload),
                let arn = document["arn"]?.stringValue,
                let bucket = document["bucket"]?.stringValue,
                let account = document["account"]?.stringValue,
                let region = document["region"]?.stringValue,
                let message = document["message"]?.stringValue
            else { return nil }
            self.arn = arn
            self.bucket = bucket
            self.account = account
            self.region = region
            self.message = Array(message.utf8)
        }
    }

    func handler() -> JobHandler {
        // AWS retries for as long as the service is unavailable; a target that is gone is given up after a day.
        JobHandler(
            kind: Self.kind, concurrency: 16,
            retries: RetryPolicy(
                maximumAttempts: 200, maximumAge: .seconds(86_400), maximumDelay: .seconds(600))
        ) { leased in
            guard let notice = Notice(leased.job.payload) else {
                preconditionFailure("a notice that nobody enqueued")
            }
            do {
                try await store.deliver(notice)
            } catch let error as AWSError where error.status < 500 && error.status != 429 {
                return .giveUp(reason: "\(error.code): \(error.message)")
            } catch let error as AWSError {
                return .retry(reason: "\(error.code): \(error.message)")
            }
            return .done
        }
    }
}

extension S3Store {
    /// Hands a notification over, as S3, on behalf of the bucket.
    ///
    /// - Throws: the target's `AWSError`.
    func deliver(_ notice: NotificationWorker.Notice) async throws {
        guard let arn = ARN(notice.arn) else {
            throw S3Failure.argument("The ARN could not be parsed", "arn", notice.arn)
        }
        var context = RequestContext(
            account: notice.account, region: arn.region.isEmpty ? notice.region : arn.region,
            principal: .service("s3.amazonaws.com"), requestID: randomness.uuid(), traceHeader: "",
            time: clock.now,
            origin: Origin(scheme: "http", host: "localhost", port: nil, baseDomain: "localhost"),
            sourceIP: "127.0.0.1", userAgent: "s3.amazonaws.com", logger: logger)
        context.sourceARN = ARN(
            service: "s3", region: "", account: "", resource: notice.bucket)
        try await delivery.deliver(DeliveryEvent(payload: notice.message), to: arn, in: context)
    }
}
