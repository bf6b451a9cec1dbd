import Jobs
import Platform
import Storage

/// The end of secrets whose recovery window is over.
struct SecretDeletion: Sendable {
    private static let kind = "delete-secret"

    let database: any Database
    let clock: any Clock

    /// Owes the deletion of a secret at `time`, or no more where that is `nil`.
    static func set(
        _ time: Instant?, for arn: String, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        guard let time else {
            try jobs.cancel(kind, key: arn, in: transaction)
            return
        }
        try jobs.enqueue(
            kind, payload: Array(arn.utf8), notBefore: time, key: arn, replacing: true,
            in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 1) { leased in
            let arn = String(decoding: leased.job.payload, as: UTF8.self)
            try await database.write { [clock] transaction in
                try leased.complete(in: transaction)
                guard let end = try transaction.secret(arn: arn)?.deletion, end <= clock.now else {
                    return
                }
                try transaction.delete(arn)
            }
            return .done
        }
    }
}
