import Jobs
import LambdaModel
import Logging
import Platform
import ServiceKit
import Storage
import Wire

/// Polls the sources of the enabled mappings, each on one node at a time: the node that holds the mapping's job.
struct EventSourcePoller: Sendable {
    static let kind = "event-source"

    let jobs: JobQueue
    let database: any Database
    let store: MappingStore
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let roles: FunctionRole
    let deliveries: OwedDeliveries
    let caller: ServiceCaller
    let randomness: any Randomness
    let clock: any Clock
    let logger: Logger

    /// Owes the polling of a mapping from the commit of `transaction` on, if it is enabled. One that is polled already goes on.
    func owe(_ mapping: EventSourceMapping, in transaction: any WriteTransaction) throws {
        guard mapping.isEnabled else { return }
        try jobs.enqueue(
            Self.kind, payload: Array(mapping.uuid.utf8), key: mapping.uuid, in: transaction)
    }

    /// Says how mappings are polled, before `jobs` runs.
    func register() {
        jobs.register(
            JobHandler(
                kind: Self.kind, concurrency: LambdaLimits.mappings,
                retries: RetryPolicy(maximumAttempts: .max, maximumDelay: .seconds(60)),
                run: { try await perform($0) }))
    }

    /// Polls until the mapping is disabled or deleted.
    private func perform(_ leased: LeasedJob) async throws -> JobOutcome {
        let uuid = String(decoding: leased.job.payload, as: UTF8.self)
        var errors = Backoff(LambdaLimits.batchRetryDelays)
        while !Task.isCancelled {
            guard let mapping = try await store.mapping(uuid), mapping.isEnabled else {
                if try await end(leased, uuid) { return .done }
                continue
            }
            let run = MappingRun(clock: clock)
            do {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await poll(mapping, run) }
                    group.addTask { await watch(mapping, run) }
                    try await group.next()
                    run.stop()
                    try await group.waitForAll()
                }
                errors.reset()
            } catch {
                logger.warning(
                    "an event source cannot be polled",
                    metadata: [
                        "mapping": "\(uuid)", "source": "\(mapping.sourceARN)", "error": "\(error)",
                    ])
                await MappingRun(clock: clock).pause(errors.delay())
            }
        }
        throw CancellationError()
    }

    /// Ends the polling, unless the mapping has been enabled meanwhile.
    private func end(_ leased: LeasedJob, _ uuid: String) async throws -> Bool {
        try await database.write { transaction in
            if try MappingStore.mapping(uuid, in: transaction)?.isEnabled == true { return false }
            try leased.complete(in: transaction)
            return true
        }
    }

    /// Returns once the mapping is not what it was, or it is to stop.
    private func watch(_ mapping: EventSourceMapping, _ run: MappingRun) async {
        while !run.isStopping {
            await run.pause(.seconds(1))
            var current = try? await store.mapping(mapping.uuid)
            current?.lastResult = mapping.lastResult
            if current != mapping { return }
        }
    }

    private func poll(_ mapping: EventSourceMapping, _ run: MappingRun) async throws {
        guard let arn = ARN(mapping.sourceARN) else { return }
        let key = mapping.reference.key
        let role = try await functions.version(mapping.reference).settings.role
        let context = try await roles.acting(
            as: role, for: key,
            in: .lambda(
                account: key.account, region: arn.region, requestID: randomness.uuid(),
                time: clock.now, logger: logger))
        let batches = BatchInvoker(
            mapping, functions: functions, invoker: invoker, randomness: randomness, clock: clock,
            logger: logger)
        if case .queue = mapping.source {
            let queue = try await QueueSource(caller: caller, arn: arn, context: context)
            return try await QueuePoller(
                queue: queue, batches: batches, run: run, clock: clock, logger: logger
            ).poll()
        }
        let source: any StreamSource =
            mapping.source == .kinesisStream
            ? KinesisStreamSource(
                caller: caller, arn: mapping.sourceARN, role: role, context: context)
            : DynamoDBStreamSource(caller: caller, arn: mapping.sourceARN, context: context)
        try await StreamPoller(
            mapping: mapping, source: source, batches: batches, store: store,
            deliveries: deliveries, role: role, run: run, clock: clock, logger: logger
        ).poll()
    }
}
