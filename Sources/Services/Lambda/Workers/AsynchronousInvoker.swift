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
/// The function's errors are tried again twice; throttling and failures of our own until the event is six hours old
/// (dg/invocation-async-error-handling.html). The invocation keeps its identifier.
struct AsynchronousInvoker: Sendable {
    static let kind = "event"

    let jobs: JobQueue
    let database: any Database
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let clock: any Clock
    let logger: Logger

    /// Takes an event; it is durable when this returns.
    func accept(_ event: AsynchronousEvent) async throws {
        _ = try await database.write { transaction in
            try jobs.enqueue(Self.kind, payload: event.job, in: transaction)
        }
    }

    /// Says how events are worked on, before `jobs` runs.
    func register() {
        let delays = LambdaLimits.throttledRetryDelays
        jobs.register(
            JobHandler(
                kind: Self.kind, concurrency: LambdaLimits.asynchronousConcurrency,
                retries: RetryPolicy(
                    maximumAttempts: .max, maximumAge: LambdaLimits.asynchronousEventAge,
                    firstDelay: delays.first, maximumDelay: delays.longest),
                run: { try await perform($0) },
                deadLetter: { drop($0.job, because: $1.rawValue) }))
    }

    private func perform(_ leased: LeasedJob) async throws -> JobOutcome {
        var event = try AsynchronousEvent(job: leased.job.payload)
        guard clock.now <= event.deadline else { return .giveUp(reason: "it is too old") }
        do {
            let call = FunctionCall(
                try await functions.target(event.reference), as: event.reference,
                payload: event.payload, clientContext: event.clientContext,
                randomness: invoker.randomness)
            let result = try await invoker.invoke(call, in: context(of: event))
            if result.outcome == .success { return .done }
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return .giveUp(reason: "the function has been deleted")
        }
        // What else is thrown is no fault of the function, and is tried again as the policy says.
        event.failures += 1
        guard let next = event.nextAttempt(at: clock.now) else {
            return .giveUp(reason: "the function failed \(event.failures) times")
        }
        let payload = event.job
        try await database.write { try leased.reschedule(at: next, payload: payload, in: $0) }
        return .done
    }

    /// Drops an event for good.
    private func drop(_ job: Job, because reason: String) {
        guard let event = try? AsynchronousEvent(job: job.payload) else { return }
        logger.notice(
            "an event is dropped",
            metadata: [
                "function": "\(event.reference.arn)", "request": "\(event.requestID)",
                "reason": "\(job.lastError ?? reason)",
            ])
    }

    private func context(of event: AsynchronousEvent) -> RequestContext {
        .lambda(
            account: event.reference.key.account, region: event.reference.key.region,
            requestID: event.requestID, traceHeader: event.traceHeader, time: clock.now,
            logger: logger)
    }
}
