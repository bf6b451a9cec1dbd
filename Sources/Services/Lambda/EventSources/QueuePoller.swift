import Logging
import Platform
import Sandbox
import ServiceKit
import Wire

/// Receives a queue's messages and invokes a function with them.
///
/// What the function succeeds on is deleted; what it fails on is seen again after the queue's visibility timeout.
struct QueuePoller: Sendable {
    let queue: QueueSource
    let batches: BatchInvoker
    let run: MappingRun
    let clock: any Clock
    let logger: Logger

    private var settings: EventSourceSettings { batches.mapping.settings }

    /// Polls until it is to stop.
    ///
    /// - Throws: the error of the queue.
    func poll() async throws {
        let limit = settings.maximumConcurrency ?? LambdaLimits.queueConcurrency
        try await withThrowingTaskGroup(of: Void.self) { group in
            var underWay = 0
            while !run.isStopping {
                let batch = try await gather()
                guard !batch.isEmpty else { continue }
                if underWay >= limit {
                    try await group.next()
                    underWay -= 1
                }
                group.addTask { try await process(batch) }
                underWay += 1
            }
            try await group.waitForAll()
        }
    }

    /// The next batch: full, or what came within the window.
    private func gather() async throws -> [QueueRecord] {
        var batch: [QueueRecord] = []
        var bytes = 0
        var end: Instant?
        while !run.isStopping, batch.count < settings.batchSize {
            let left = end.map { max(0, Int(($0 - clock.now).wholeMilliseconds / 1_000)) }
            let received = try await queue.receive(
                limit: settings.batchSize - batch.count,
                waitSeconds: min(
                    left ?? LambdaLimits.queueWaitSeconds, LambdaLimits.queueWaitSeconds))
            batch += received
            bytes += received.reduce(0) { $0 + $1.event.json().count }
            if end == nil, !received.isEmpty {
                end = clock.now + .seconds(settings.windowSeconds)
            }
            let isLate = end.map { clock.now >= $0 } ?? true
            // Ten more messages of a queue have 10 MiB at most, but mostly little: a batch that is half full goes.
            if isLate || bytes > LambdaLimits.payloadBytes / 2 { break }
        }
        return batch
    }

    private func process(_ batch: [QueueRecord]) async throws {
        let wanted = batch.filter { batches.wants($0.filterable) }
        if wanted.count < batch.count {
            let ids = Set(wanted.map(\.id))
            try await queue.delete(batch.filter { !ids.contains($0.id) })
        }
        guard !wanted.isEmpty else { return }
        let payload = BatchInvoker.payload(wanted.map(\.event))
        if payload.count > LambdaLimits.payloadBytes, wanted.count > 1 {
            let half = wanted.count / 2
            try await process(Array(wanted[..<half]))
            return try await process(Array(wanted[half...]))
        }
        switch await batches.invoke(payload, identifiers: Set(wanted.map(\.id))) {
        case .success:
            try await queue.delete(wanted)
        case .partial(let failures):
            try await queue.delete(wanted.filter { !failures.contains($0.id) })
        case .failure:
            break
        case .unavailable(let reason):
            logger.debug("a batch waits", metadata: ["reason": "\(reason)"])
            await run.pause(LambdaLimits.batchRetryDelays.first)
        }
    }
}
