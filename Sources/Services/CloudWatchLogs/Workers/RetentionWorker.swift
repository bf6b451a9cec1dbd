import Logging
import Platform
import Storage

/// Deletes events that are older than their group keeps them.
///
/// Readers leave out what has expired at once; this gives the space back. Nodes that share the database may all do
/// it: deleting again changes nothing.
struct RetentionWorker: Sendable {
    let groups: LogGroupStore
    let events: LogEventStore
    let clock: any Clock
    let logger: Logger

    /// Sweeps now and then until the task is cancelled.
    func run() async throws {
        while true {
            do {
                try await sweep()
            } catch let error as StorageError {
                logger.error("log retention failed", metadata: ["error": "\(error)"])
            }
            try await clock.sleep(for: CloudWatchLogsLimits.retentionSweep)
        }
    }

    /// Deletes what has expired by now.
    func sweep() async throws {
        let limit = CloudWatchLogsLimits.deletedEvents
        for group in try await groups.groupsWithRetention() {
            guard let expiry = group.expiry(now: clock.now) else { continue }
            while try await events.delete(
                where: "group_id = ? AND time < ?", [.integer(group.id), expiry.sqlValue],
                limit: limit
            ) == limit {}
        }
    }
}
