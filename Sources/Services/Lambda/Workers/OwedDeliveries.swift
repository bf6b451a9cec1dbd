import Jobs
import Logging
import Platform
import ServiceKit
import Storage
import Wire

/// Delivers what Lambda owes to destinations and dead-letter queues, as the function's role.
struct OwedDeliveries: Sendable {
    static let kind = "delivery"

    let jobs: JobQueue
    let delivery: Delivery
    let roles: FunctionRole
    let metrics: FunctionMetrics
    let clock: any Clock
    let logger: Logger

    /// Owes a delivery from the commit of `transaction` on.
    func owe(_ delivery: OwedDelivery, in transaction: any WriteTransaction) throws {
        try jobs.enqueue(Self.kind, payload: delivery.job, in: transaction)
    }

    /// Says how deliveries are made, before `jobs` runs.
    func register() {
        jobs.register(
            JobHandler(
                kind: Self.kind, concurrency: LambdaLimits.asynchronousConcurrency,
                retries: RetryPolicy(maximumAttempts: LambdaLimits.deliveryAttempts),
                run: { try await perform($0) }, deadLetter: { giveUp($0.job, because: $1) }))
    }

    private func perform(_ leased: LeasedJob) async throws -> JobOutcome {
        let owed = try OwedDelivery(job: leased.job.payload)
        guard let target = ARN(owed.target) else { return .giveUp(reason: "it goes nowhere") }
        let key = owed.reference.key
        var context = RequestContext.lambda(
            account: key.account, region: target.region.isEmpty ? key.region : target.region,
            requestID: roles.randomness.uuid(), traceHeader: owed.traceHeader, time: clock.now,
            logger: logger)
        do {
            context = try await roles.acting(as: owed.role, for: key, in: context)
            let event = DeliveryEvent(payload: owed.payload, attributes: owed.attributes)
            try await delivery.deliver(event, to: target, in: context)
            return .done
        } catch let error as AWSError where error.isFinal {
            return .giveUp(reason: "\(error.code): \(error.message)")
        }
    }

    private func giveUp(_ job: Job, because reason: DeadLetterReason) {
        guard let owed = try? OwedDelivery(job: job.payload) else { return }
        metrics.record(
            1, owed.purpose == .destination ? .destinationErrors : .deadLetterErrors,
            of: owed.reference)
        logger.error(
            "what became of an event could not be delivered",
            metadata: [
                "function": "\(owed.reference.arn)", "target": "\(owed.target)",
                "reason": "\(job.lastError ?? reason.rawValue)",
            ])
    }
}

extension AWSError {
    /// Whether trying again cannot help: the caller is at fault, or nobody serves what was asked for.
    fileprivate var isFinal: Bool {
        let isThrottled = status == 429 || code.contains("Throttl")
        return status == 501 || (fault == .client && !isThrottled)
    }
}
