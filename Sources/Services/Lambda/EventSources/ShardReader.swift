import Logging
import Platform
import ServiceKit
import Synchronization
import Wire

/// Reads a shard in order and invokes a function with its records, batch after batch.
///
/// A batch on which the function fails is tried again before anything after it, until it succeeds, or until it has been tried as
/// often, or its records are as old, as the mapping says. How far the shard is done with is written down after each.
final class ShardReader: Sendable {
    private let shard: String
    private let poller: StreamPoller
    private let checkpoint: Mutex<MappingStore.Checkpoint>

    private var settings: EventSourceSettings { poller.mapping.settings }
    private var run: MappingRun { poller.run }

    init(shard: String, poller: StreamPoller, checkpoint: MappingStore.Checkpoint?) {
        self.shard = shard
        self.poller = poller
        self.checkpoint = Mutex(checkpoint ?? MappingStore.Checkpoint())
    }

    /// Reads until the shard is at its end or it is to stop.
    func read() async {
        var errors = Backoff(LambdaLimits.batchRetryDelays)
        while !run.isStopping {
            do {
                try await readOn()
                return
            } catch {
                poller.logger.warning(
                    "a shard cannot be read",
                    metadata: [
                        "source": "\(poller.mapping.sourceARN)", "shard": "\(shard)",
                        "error": "\(error)",
                    ])
                await forgetTrimmed(error)
                await run.pause(errors.delay())
            }
        }
    }

    /// Where the records that come next are gone, what is left is read.
    private func forgetTrimmed(_ error: any Error) async {
        guard (error as? AWSError)?.code == "TrimmedDataAccessException" else { return }
        checkpoint.withLock { $0 = MappingStore.Checkpoint() }
    }

    private func readOn() async throws {
        var iterator = try await poller.source.iterator(of: shard, from: start)
        let wanted = settings.batchSize * settings.parallelization
        var pending: [StreamRecord] = []
        var windowEnd: Instant?
        var idle = Backoff(LambdaLimits.shardPolls)
        while !run.isStopping {
            if let place = iterator, pending.count < wanted {
                let page = try await poller.source.records(
                    at: place, of: shard, limit: wanted - pending.count)
                pending += page.records
                iterator = page.next
                if !page.records.isEmpty { idle.reset() }
            }
            if pending.isEmpty {
                guard iterator != nil else { return try await finish() }
                await run.pause(idle.delay())
                continue
            }
            let now = poller.clock.now
            let end = windowEnd ?? now + .seconds(settings.windowSeconds)
            windowEnd = end
            if pending.count < wanted, iterator != nil, now < end {
                await run.pause(min(LambdaLimits.shardPolls.first, end - now))
                continue
            }
            guard try await work(on: pending) else { return }
            pending = []
            windowEnd = nil
        }
    }

    private var start: StreamStart {
        if let sequence = checkpoint.withLock({ $0.sequence }) { return .after(sequence: sequence) }
        guard poller.mapping.source == .kinesisStream else { return .trimHorizon }
        switch settings.startingPosition {
        case "AT_TIMESTAMP": return settings.startingTime.map { .at($0) } ?? .trimHorizon
        case "LATEST": return settings.created.map { .at($0) } ?? .trimHorizon
        default: return .trimHorizon
        }
    }

    /// `LATEST` is what came since the mapping was made; so nothing is lost that comes while nobody reads.
    private func isEarlier(_ record: StreamRecord) -> Bool {
        guard settings.startingPosition == "LATEST", let created = settings.created else {
            return false
        }
        return record.arrival.seconds < created.seconds
    }

    private func finish() async throws {
        let checkpoint = checkpoint.withLock { checkpoint in
            checkpoint.isFinished = true
            checkpoint.attempts = [:]
            return checkpoint
        }
        try await poller.store.save(checkpoint, of: shard, mapping: poller.mapping.uuid)
    }

    // MARK: - Batches

    /// Works on records until they are done with.
    ///
    /// - Returns: false where it stopped before.
    private func work(on records: [StreamRecord]) async throws -> Bool {
        let wanted = records.filter { !isEarlier($0) && poller.batches.wants($0.filterable) }
        var lanes = [[StreamRecord]](repeating: [], count: settings.parallelization)
        for record in wanted { lanes[lane(of: record)].append(record) }
        let size = settings.batchSize
        let isDone = try await withThrowingTaskGroup(of: Bool.self) { group in
            for lane in lanes where !lane.isEmpty {
                group.addTask {
                    for start in stride(from: 0, to: lane.count, by: size) {
                        let batch = Array(lane[start..<min(start + size, lane.count)])
                        guard try await self.work(onBatch: batch) else { return false }
                    }
                    return true
                }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
        guard isDone, let last = records.last else { return false }
        try await advance(to: last.sequence, result: wanted.isEmpty ? nil : "OK")
        return true
    }

    private func lane(of record: StreamRecord) -> Int {
        guard settings.parallelization > 1 else { return 0 }
        var hash: UInt32 = 0x811C_9DC5
        for byte in record.partition.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash % UInt32(settings.parallelization))
    }

    private func advance(to sequence: String, result: String?) async throws {
        let checkpoint = checkpoint.withLock { checkpoint in
            checkpoint.sequence = sequence
            checkpoint.attempts = [:]
            return checkpoint
        }
        try await poller.store.save(
            checkpoint, of: shard, mapping: poller.mapping.uuid, result: result)
    }

    private func work(onBatch batch: [StreamRecord]) async throws -> Bool {
        var rest = batch
        var delays = Backoff(LambdaLimits.batchRetryDelays)
        while true {
            rest = try await discardOld(rest)
            guard let first = rest.first else { return true }
            guard !run.isStopping else { return false }
            let payload = BatchInvoker.payload(rest.map(\.event))
            if payload.count > LambdaLimits.payloadBytes, rest.count > 1 {
                return try await workInHalves(rest)
            }
            switch await poller.batches.invoke(payload, identifiers: Set(rest.map(\.sequence))) {
            case .success:
                return true
            case .unavailable(let reason):
                poller.logger.debug("a batch waits", metadata: ["reason": "\(reason)"])
            case .partial(let failures):
                let place = rest.firstIndex { failures.contains($0.sequence) } ?? 0
                rest.removeFirst(place)
                let attempts = place == 0 ? try await count(first.sequence) : 0
                if exhausted(attempts) {
                    return try await discard(rest, "RetryAttemptsExhausted", attempts, nil)
                }
            case .failure(let attempt):
                if settings.bisects, rest.count > 1 { return try await workInHalves(rest) }
                let attempts = try await count(first.sequence)
                if exhausted(attempts) {
                    return try await discard(rest, "RetryAttemptsExhausted", attempts, attempt)
                }
            }
            await run.pause(delays.delay())
        }
    }

    private func workInHalves(_ batch: [StreamRecord]) async throws -> Bool {
        let half = batch.count / 2
        guard try await work(onBatch: Array(batch[..<half])) else { return false }
        return try await work(onBatch: Array(batch[half...]))
    }

    private func exhausted(_ attempts: Int) -> Bool {
        settings.retries >= 0 && attempts > settings.retries
    }

    /// Counts an attempt at the batch that begins with a record; the count outlives this process.
    private func count(_ sequence: String) async throws -> Int {
        let (attempts, checkpoint) = checkpoint.withLock { checkpoint in
            checkpoint.attempts[sequence, default: 0] += 1
            return (checkpoint.attempts[sequence, default: 0], checkpoint)
        }
        try await poller.store.save(
            checkpoint, of: shard, mapping: poller.mapping.uuid,
            result: "PROBLEM: Function call failed")
        return attempts
    }

    // MARK: - Giving up

    private func discardOld(_ batch: [StreamRecord]) async throws -> [StreamRecord] {
        guard settings.ageSeconds >= 0 else { return batch }
        let oldest = poller.clock.now - .seconds(settings.ageSeconds)
        let old = batch.filter { $0.arrival < oldest }
        guard !old.isEmpty else { return batch }
        _ = try await discard(old, "RecordAgeExceeded", 0, nil)
        return batch.filter { $0.arrival >= oldest }
    }

    /// Gives records up, and from then on owes the destination what they were.
    private func discard(
        _ batch: [StreamRecord], _ condition: String, _ attempts: Int,
        _ attempt: BatchInvoker.Attempt?
    ) async throws -> Bool {
        guard let target = settings.onFailure, let first = batch.first, let last = batch.last else {
            return true
        }
        let mapping = poller.mapping
        let record = DiscardedBatch(
            mapping: mapping, shard: shard, first: first, last: last, count: batch.count,
            condition: condition, attempts: attempts, attempt: attempt, time: poller.clock.now,
            infoName: poller.source.batchInfoName)
        let owed = OwedDelivery(
            .destination, to: target, from: mapping.reference, role: poller.role, traceHeader: "",
            attributes: ["Key": record.objectKey], payload: record.document.json())
        let checkpoint = checkpoint.withLock { checkpoint in
            checkpoint.attempts[first.sequence] = nil
            return checkpoint
        }
        let deliveries = poller.deliveries
        try await poller.store.save(checkpoint, of: shard, mapping: mapping.uuid) { transaction in
            try deliveries.owe(owed, in: transaction)
        }
        return true
    }
}
