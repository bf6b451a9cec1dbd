import Jobs
import Platform
import Storage

/// The rotation of keys when their time has come.
struct KeyRotation: Sendable {
    private static let kind = "rotate-key"

    let store: KeyStore
    let maker: KeyMaker
    let clock: any Clock

    /// Owes the next rotation of a key.
    static func enqueue(
        _ place: KeyPlace, at time: Instant, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.enqueue(
            kind, payload: Array(place.text.utf8), notBefore: time, key: place.text,
            replacing: true, in: transaction)
    }

    /// Owes no rotation of a key any more.
    static func cancel(
        _ place: KeyPlace, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.cancel(kind, key: place.text, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 1) { leased in
            guard let place = KeyPlace(String(decoding: leased.job.payload, as: UTF8.self)) else {
                preconditionFailure("a rotation that nobody enqueued")
            }
            let material = Material(try await maker.make(.symmetric), of: place.id)
            try await store.database.write { [store, clock] transaction in
                // A key that is not enabled is rotated when it is enabled again.
                guard var key = try transaction.optionalKey(place), key.state == .enabled,
                    let days = key.rotationDays, let due = key.nextRotation, due <= clock.now
                else { return try leased.complete(in: transaction) }
                try store.rotate(
                    &key, to: material, type: "AUTOMATIC", now: clock.now, in: transaction)
                let next = clock.now + .seconds(days * 86_400)
                key.nextRotation = next
                try transaction.update(key)
                try leased.reschedule(at: next, in: transaction)
            }
            return .done
        }
    }
}
