import Logging
import Platform
import Storage
import StoragePostgres
import Synchronization
import Testing

@Suite("PostgreSQL", .timeLimit(.minutes(10)))
struct PostgresTests {
    @Test("a transaction whose connection is lost is run again on another")
    func lostConnection() async throws {
        try await withDatabase(.postgres) { database in
            let attempts = Atomic<Int>(0)
            try await database.write { transaction in
                let attempt = attempts.add(1, ordering: .relaxed).newValue
                try transaction.execute(insert, "attempt-\(attempt)", 1, nil)
                if attempt == 1 {
                    _ = try transaction.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(try await names(database) == ["attempt-2"])
        }
    }

    @Test("connections that died while nobody used them are replaced")
    func idleConnections() async throws {
        try await withDatabase(.postgres) { database in
            try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        try await database.write { try $0.execute(insert, "\(number)", 1, nil) }
                    }
                }
                try await group.waitForAll()
            }
            let other = PostgresEngine(
                url: try PostgresCluster.shared.get().url, randomness: SystemRandomness(),
                logger: Logger(label: "test"))
            let pids = try await database.read { try $0.query("SELECT pg_backend_pid()") }
            let watcher = try await other.database(named: "watcher", migrations: [])
            for pid in pids {
                _ = try await watcher.read {
                    try $0.query("SELECT pg_terminate_backend(CAST(? AS INT))", pid.int(0))
                }
            }
            #expect(try await names(database).count == 8)
            await other.close()
        }
    }

    @Test("a server that is not there is unavailable")
    func noServer() async throws {
        let storage = PostgresEngine(
            url: "postgres://nobody@127.0.0.1:1/none", randomness: SystemRandomness(),
            logger: Logger(label: "test"))
        let error = await #expect(throws: StorageError.self) {
            _ = try await storage.database(named: "test", migrations: [])
        }
        #expect(error?.kind == .unavailable)
        await storage.close()
    }
}
