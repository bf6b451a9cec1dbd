import Jobs
import Platform
import ServiceKit
import Storage

/// The work to count the rows of a large table.
enum FigureCount {
    private static let kind = "count-rows"

    /// Owes the work from the commit of `transaction` on, once however often it is asked for.
    static func enqueue(
        _ table: TableReference, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        try jobs.enqueue(
            kind, payload: Array(table.arn.utf8), key: table.arn, in: transaction)
    }

    /// How the work is done: on a snapshot, beside all else.
    static func handler(_ tables: TableStore) -> JobHandler {
        JobHandler(kind: kind, concurrency: 1) { leased in
            guard let arn = ARN(String(decoding: leased.job.payload, as: UTF8.self)),
                let name = TableReference.name(ofResource: arn.resource)
            else { preconditionFailure("a count that nobody enqueued") }
            let scope = TableScope(
                account: arn.account, region: arn.region, partition: arn.partition)
            guard let table = try await tables.load(TableReference(scope: scope, name: name)) else {
                return .done
            }
            let counts = try await tables.database.read { transaction in
                try table.counted.compactMap { owner, source in
                    try transaction.count(owner, source, limit: .max).map { (owner, $0) }
                }
            }
            let now = tables.clock.now
            try await tables.database.write { transaction in
                for (owner, figures) in counts {
                    try transaction.execute(
                        "INSERT INTO figures (id, items, bytes, counted) VALUES (?, ?, ?, ?) "
                            + "ON CONFLICT (id) DO UPDATE SET items = excluded.items, "
                            + "bytes = excluded.bytes, counted = excluded.counted",
                        owner, figures.items, figures.bytes, now)
                }
            }
            return .done
        }
    }
}
