import Jobs
import Platform
import Storage

/// The deletion of parameters whose policy gives them a date.
struct ParameterExpiration: Sendable {
    private static let kind = "expire-parameter"

    let database: any Database

    /// Owes the deletion of a parameter at `time`, or no more where that is `nil`.
    static func set(
        _ time: Instant?, for place: ParameterPlace, on jobs: JobQueue,
        in transaction: any WriteTransaction
    ) throws {
        guard let time else {
            try jobs.cancel(kind, key: place.text, in: transaction)
            return
        }
        try jobs.enqueue(
            kind, payload: Array(place.text.utf8), notBefore: time, key: place.text,
            replacing: true, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 1) { leased in
            guard let place = ParameterPlace(String(decoding: leased.job.payload, as: UTF8.self))
            else { preconditionFailure("an expiration that nobody enqueued") }
            try await database.write { transaction in
                try leased.complete(in: transaction)
                _ = try transaction.delete(place)
            }
            return .done
        }
    }
}
