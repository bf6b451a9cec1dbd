import Jobs
import Platform
import Storage

/// Begins rotations when their time has come.
struct RotationTimer: Sendable {
    private static let kind = "rotation-due"

    let store: SecretStore

    /// Sets the time of a secret's next rotation by its rules, or takes it away where it does not rotate.
    static func set(
        for secret: inout SecretRecord, after now: Instant, on jobs: JobQueue,
        in transaction: any WriteTransaction
    ) throws {
        let schedule = try RotationSchedule(
            days: secret.rotation.days, schedule: secret.rotation.schedule)
        secret.rotation.next = secret.rotation.isEnabled ? schedule?.next(after: now) : nil
        guard let next = secret.rotation.next else {
            try jobs.cancel(kind, key: secret.arn, in: transaction)
            return
        }
        try jobs.enqueue(
            kind, payload: Array(secret.arn.utf8), notBefore: next, key: secret.arn,
            replacing: true, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 4) { leased in
            let arn = String(decoding: leased.job.payload, as: UTF8.self)
            let fresh = store.randomness.uuid()
            try await store.database.write { [store] transaction in
                try leased.complete(in: transaction)
                guard var secret = try transaction.secret(arn: arn), secret.deletion == nil,
                    secret.rotation.isEnabled, secret.rotation.function != nil
                else { return }
                // A rotation that did not succeed is tried again with the version that it had begun.
                try RotationRun.begin(
                    secret.rotation.pendingVersion ?? fresh, of: &secret, isTest: false,
                    on: store.jobs, now: store.clock.now, in: transaction)
                try Self.set(
                    for: &secret, after: store.clock.now, on: store.jobs, in: transaction)
                try transaction.put(secret)
            }
            return .done
        }
    }
}
