import Jobs
import LambdaModel
import Logging
import Platform
import Sandbox
import ServiceKit
import Storage
import Wire

/// Asynchronous invocation: events that were accepted and are owed to functions.
///
/// The function's errors are tried again as its configuration says, twice by default; throttling and failures of our own until the
/// event is too old (dg/invocation-async-error-handling.html). The invocation keeps its identifier. What an event came to is
/// owed to destinations from the commit that ends the event on.
struct AsynchronousInvoker: Sendable {
    static let kind = "event"

    let jobs: JobQueue
    let database: any Database
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let deliveries: OwedDeliveries
    let metrics: FunctionMetrics
    let randomness: any Randomness
    let clock: any Clock
    let logger: Logger

    /// Between throttled attempts.
    private static let throttling = RetryPolicy(
        maximumAttempts: .max, maximumAge: LambdaLimits.asynchronousEventAge,
        firstDelay: LambdaLimits.throttledRetryDelays.first,
        maximumDelay: LambdaLimits.throttledRetryDelays.longest)

    /// Takes an event; it is durable when this returns.
    func accept(_ event: AsynchronousEvent) async throws {
        _ = try await database.write { transaction in
            try jobs.enqueue(Self.kind, payload: event.job, in: transaction)
        }
        metrics.record(1, .received, of: event.reference)
    }

    /// Says how events are worked on, before `jobs` runs.
    func register() {
        jobs.register(
            JobHandler(
                kind: Self.kind, concurrency: LambdaLimits.asynchronousConcurrency,
                retries: Self.throttling, run: { try await perform($0) },
                deadLetter: { leased, _ in try await giveUp(leased) }))
    }

    private func perform(_ leased: LeasedJob) async throws -> JobOutcome {
        var event = try AsynchronousEvent(job: leased.job.payload)
        let target: InvocationTarget
        do {
            target = try await functions.target(event.reference)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            drop(event, because: "the function has been deleted")
            return .done
        }
        let config = target.eventInvoke
        guard clock.now < event.deadline(config) else {
            return try await end(event, leased, .ageExceeded, of: target)
        }
        metrics.record(
            Double((clock.now - event.acceptedAt).wholeMilliseconds), .age, of: event.reference)
        let call = FunctionCall(
            target, as: event.reference, payload: event.payload,
            clientContext: event.clientContext, randomness: randomness)
        do {
            let result = try await invoker.invoke(call, in: context(of: event))
            let answer = (result, call.version.version)
            if result.outcome == .success {
                return try await end(event, leased, .success, answer, of: target)
            }
            event.failures += 1
            guard event.failures <= config.retries ?? LambdaLimits.asynchronousRetries else {
                return try await end(event, leased, .retriesExhausted, answer, of: target)
            }
            guard let next = event.nextAttempt(at: clock.now, config) else {
                return try await end(event, leased, .ageExceeded, answer, of: target)
            }
            let payload = event.job
            try await database.write { try leased.reschedule(at: next, payload: payload, in: $0) }
            return .done
        } catch let error as AWSError {
            return try await failed(event, leased, error, of: target)
        }
    }

    /// The function could not be run: which is no fault of the function.
    private func failed(
        _ event: AsynchronousEvent, _ leased: LeasedJob, _ error: AWSError,
        of target: InvocationTarget
    ) async throws -> JobOutcome {
        if error.code == "RecursiveInvocationException" {
            return try await end(event, leased, .recursion, of: target)
        }
        if error.code == "TooManyRequestsException", target.quota.reserved == 0 {
            return try await end(event, leased, .noConcurrency, of: target)
        }
        let delay = Self.throttling.delay(
            afterAttempt: leased.job.attempt, randomness: randomness)
        let left = event.deadline(target.eventInvoke) - clock.now
        return .retry(after: max(.milliseconds(1), min(delay, left)), reason: error.message)
    }

    /// Completes an event, and from then on owes what became of it to whoever is to be told.
    private func end(
        _ event: AsynchronousEvent, _ leased: LeasedJob, _ condition: InvocationRecord.Condition,
        _ answer: (InvocationResult, String)? = nil, of target: InvocationTarget
    ) async throws -> JobOutcome {
        let record = InvocationRecord(
            event: event, condition: condition, time: clock.now, answer: answer)
        let owed = Self.deliveries(of: record, of: target)
        if condition != .success {
            drop(event, because: condition.rawValue)
            if owed.isEmpty { metrics.record(1, .dropped, of: event.reference) }
        }
        guard !owed.isEmpty else { return .done }
        try await database.write { transaction in
            for delivery in owed { try deliveries.owe(delivery, in: transaction) }
            try leased.complete(in: transaction)
        }
        return .done
    }

    /// What is to be told of an event's end, and to whom.
    private static func deliveries(
        of record: InvocationRecord, of target: InvocationTarget
    ) -> [OwedDelivery] {
        let (event, config) = (record.event, target.eventInvoke)
        let settings = target.version.settings
        var owed: [OwedDelivery] = []
        let isSuccess = record.condition == .success
        if let destination = isSuccess ? config.onSuccess : config.onFailure {
            let resources = [
                event.reference.key.arn(qualifier: event.reference.version), destination,
            ]
            owed.append(
                OwedDelivery(
                    .destination, to: destination, from: event.reference, role: settings.role,
                    traceHeader: event.traceHeader,
                    attributes: [
                        "Source": "lambda", "Resources": resources.joined(separator: ","),
                        "DetailType": "Lambda Function Invocation Result - "
                            + (isSuccess ? "Success" : "Failure"),
                        "Key": record.objectKey,
                    ], payload: record.json()))
        }
        if !isSuccess, let queue = settings.deadLetterTarget {
            owed.append(
                OwedDelivery(
                    .deadLetter, to: queue, from: event.reference, role: settings.role,
                    traceHeader: event.traceHeader, attributes: record.deadLetterAttributes,
                    payload: event.payload))
        }
        return owed
    }

    /// Ends an event that the queue has given up, which is too old.
    private func giveUp(_ leased: LeasedJob) async throws {
        guard let event = try? AsynchronousEvent(job: leased.job.payload) else { return }
        do {
            let target = try await functions.target(event.reference)
            _ = try await end(event, leased, .ageExceeded, of: target)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            drop(event, because: "the function has been deleted")
        }
    }

    /// Says that no attempt at an event is made any more.
    private func drop(_ event: AsynchronousEvent, because reason: String) {
        logger.notice(
            "an event is given up",
            metadata: [
                "function": "\(event.reference.arn)", "request": "\(event.requestID)",
                "reason": "\(reason)",
            ])
    }

    private func context(of event: AsynchronousEvent) -> RequestContext {
        .lambda(
            account: event.reference.key.account, region: event.reference.key.region,
            requestID: event.requestID, traceHeader: event.traceHeader, time: clock.now,
            logger: logger)
    }
}
