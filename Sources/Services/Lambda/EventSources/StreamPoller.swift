import Logging
import Platform
import ServiceKit
import Synchronization
import Wire

/// Reads every shard of a stream, parents before their children.
struct StreamPoller: Sendable {
    let mapping: EventSourceMapping
    let source: any StreamSource
    let batches: BatchInvoker
    let store: MappingStore
    let deliveries: OwedDeliveries
    let role: String
    let run: MappingRun
    let clock: any Clock
    let logger: Logger

    /// Reads until it is to stop.
    ///
    /// - Throws: the error of the stream where its shards cannot be told.
    func poll() async throws {
        let active = ActiveShards()
        try await withThrowingTaskGroup(of: Void.self) { group in
            while !run.isStopping {
                let shards = try await source.shards()
                let checkpoints = try await store.checkpoints(of: mapping.uuid)
                let ids = Set(shards.map(\.id))
                for shard in shards {
                    let isParentDone =
                        shard.parent.map { parent in
                            !ids.contains(parent) || checkpoints[parent]?.isFinished == true
                        } ?? true
                    guard isParentDone, checkpoints[shard.id]?.isFinished != true,
                        active.begin(shard.id)
                    else { continue }
                    let reader = ShardReader(
                        shard: shard.id, poller: self, checkpoint: checkpoints[shard.id])
                    group.addTask {
                        await reader.read()
                        active.end(shard.id)
                    }
                }
                await pause(until: active)
            }
            try await group.waitForAll()
        }
    }

    /// Waits until shards are to be looked for again: now and then, and as soon as one has come to its end.
    private func pause(until active: ActiveShards) async {
        let end = clock.now + LambdaLimits.shardDiscovery
        while !run.isStopping, clock.now < end, !active.takeEnded() {
            await run.pause(LambdaLimits.shardPolls.first)
        }
    }
}

/// The shards that are being read.
private final class ActiveShards: Sendable {
    private struct State {
        var shards: Set<String> = []
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Takes a shard on, unless it is being read.
    func begin(_ shard: String) -> Bool { state.withLock { $0.shards.insert(shard).inserted } }

    func end(_ shard: String) {
        state.withLock { state in
            state.shards.remove(shard)
            state.hasEnded = true
        }
    }

    /// Whether a shard has ended since this was asked last.
    func takeEnded() -> Bool {
        state.withLock { state in
            defer { state.hasEnded = false }
            return state.hasEnded
        }
    }
}
