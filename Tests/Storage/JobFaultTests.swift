import Jobs
import Logging
import Platform
import Storage
import TestKit
import Testing

/// Jobs on a storage that loses connections, conflicts and fills up.
@Suite("Jobs on a storage that fails", .timeLimit(.minutes(10)))
struct JobFaultTests {
    @Test(
        "every job is done, and its effect is there once, whatever fails",
        arguments: 0..<12 as Range<UInt64>)
    func exactlyOnce(seed: UInt64) async throws {
        try await withJobs(.sqliteMemory) { node in
            let faults = Faults(seed: seed, percent: 25)
            let queue = JobQueue(
                database: FaultyDatabase(node.database, faults: faults), clock: node.clock,
                randomness: SeededRandomness(seed: seed),
                logger: Logger(label: "test") { _ in
                    SwiftLogNoOpLogHandler()
                })
            let database = FaultyDatabase(node.database, faults: faults)
            queue.register(
                JobHandler(kind: "note", retries: RetryPolicy(maximumAttempts: 1_000)) { leased in
                    try await database.write { transaction in
                        try transaction.execute(
                            insert, String(decoding: leased.job.payload, as: UTF8.self), 1, nil)
                        try leased.complete(in: transaction)
                    }
                    return .done
                })
            let expected = (0..<30).map { "job-\($0)" }
            for name in expected {
                // Who is not told of the end tries again; the key makes that harmless.
                while true {
                    do {
                        try await database.write { transaction in
                            _ = try queue.enqueue(
                                "note", payload: Array(name.utf8), key: name, in: transaction)
                        }
                        break
                    } catch is StorageError {}
                }
            }
            #expect(try await node.count() == expected.count)
            try await node.running(queue) {
                while try await node.count() > 0 {
                    node.clock.advance(by: .seconds(10))
                    await Task.yield()
                }
            }
            #expect(faults.count > 0)
            #expect(try await names(node.database) == expected.sorted())
        }
    }
}
