import Jobs
import Platform
import Storage

/// The end of keys whose waiting period is over.
struct KeyDeletion: Sendable {
    private static let kind = "delete-key"

    let store: KeyStore
    let clock: any Clock

    /// Owes the deletion of a key.
    static func enqueue(
        _ place: KeyPlace, at time: Instant, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.enqueue(
            kind, payload: Array(place.text.utf8), notBefore: time, key: place.text,
            replacing: true, in: transaction)
    }

    /// Owes the deletion no more.
    static func cancel(
        _ place: KeyPlace, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.cancel(kind, key: place.text, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 1) { [store, clock] leased in
            guard let place = KeyPlace(String(decoding: leased.job.payload, as: UTF8.self)) else {
                preconditionFailure("a deletion that nobody enqueued")
            }
            try await store.database.write { transaction in
                try leased.complete(in: transaction)
                guard let key = try transaction.optionalKey(place), key.state == .pendingDeletion,
                    let due = key.deletion, due <= clock.now
                else { return }
                try transaction.delete(place)
                try Self.releasePrimary(of: key, store, now: clock.now, in: transaction)
            }
            return .done
        }
    }

    /// A primary key waits for its last replica to be gone, and then for its own period.
    private static func releasePrimary(
        of key: KeyRecord, _ store: KeyStore, now: Instant, in transaction: any WriteTransaction
    ) throws {
        guard key.isMultiRegion, !key.isPrimary else { return }
        let left = try transaction.siblings(of: key)
        guard left.count == 1, var primary = left.first, primary.state == .pendingReplicaDeletion
        else { return }
        let days = primary.pendingDays ?? KMSLimits.defaultPendingDays
        let end = now + .seconds(days * 86_400)
        primary.state = .pendingDeletion
        primary.deletion = end
        try transaction.update(primary)
        try enqueue(primary.place, at: end, on: store.jobs, in: transaction)
    }
}
