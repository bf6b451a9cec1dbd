import Foundation
import Logging
import Storage
import StorageSQLite
import Testing

@Suite("SQLite", .timeLimit(.minutes(10)))
struct SQLiteTests {
    private static let migrations = [Migration(number: 1, statements: itemsSchema)]

    @Test("64 writers that wait share a commit")
    func groupCommit() async throws {
        let directory = try TemporaryDirectory()
        let storage = SQLiteEngine(
            location: .directory(directory.path), logger: Logger(label: "test"))
        let opened = try await storage.database(named: "test", migrations: Self.migrations)
        let database = try #require(opened as? SQLiteDatabase)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await database.write { _ in gate.enterAndWait() } }
            try await gate.entered()
            for writer in 0..<64 {
                group.addTask {
                    try await database.write { transaction in
                        _ = try transaction.execute(insert, "\(writer)", 1, nil)
                    }
                }
            }
            while database.statistics.waiting < 64 { await Task.yield() }
            gate.open()
            try await group.waitForAll()
        }
        #expect(database.statistics.transactions == 65)
        // Those that waited joined the commit of the first, or, where that was over its time, had one of their own.
        #expect(database.statistics.commits <= 2)
        await storage.close()
    }

    @Test("a full disk fails the write, and only that")
    func full() async throws {
        let directory = try TemporaryDirectory()
        let storage = SQLiteEngine(
            location: .directory(directory.path), logger: Logger(label: "test"))
        let database = try await storage.database(named: "test", migrations: Self.migrations)
        try await database.write { _ = try $0.query("PRAGMA max_page_count = 20") }
        let error = await #expect(throws: StorageError.self) {
            try await database.write { transaction in
                try transaction.execute(insert, "a", 1, String(repeating: "long", count: 100_000))
            }
        }
        #expect(error?.kind == .full)
        try await database.write { try $0.execute(insert, "b", 1, nil) }
        #expect(try await names(database) == ["b"])
        await storage.close()
    }

    @Test("a file that is no database is refused")
    func notADatabase() async throws {
        let directory = try TemporaryDirectory()
        try Data(repeating: 0x41, count: 8_192).write(
            to: URL(fileURLWithPath: "\(directory.path)/test.sqlite"))
        let storage = SQLiteEngine(
            location: .directory(directory.path), logger: Logger(label: "test"))
        let error = await #expect(throws: StorageError.self) {
            _ = try await storage.database(named: "test", migrations: Self.migrations)
        }
        #expect(error?.kind == .corrupt)
        await storage.close()
    }

    @Test("a damaged file says so and does not crash")
    func damaged() async throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/test.sqlite"
        let first = SQLiteEngine(
            location: .directory(directory.path), logger: Logger(label: "test"))
        let whole = try await first.database(named: "test", migrations: Self.migrations)
        try await whole.write { transaction in
            for number in 0..<500 {
                try transaction.execute(insert, "item-\(number)", number, "note")
            }
        }
        await first.close()
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        for offset in stride(from: 8_192, to: data.count, by: 7) { data[offset] = 0xEE }
        try data.write(to: URL(fileURLWithPath: path))
        let storage = SQLiteEngine(
            location: .directory(directory.path), logger: Logger(label: "test"))
        let error = await #expect(throws: StorageError.self) {
            let database = try await storage.database(named: "test", migrations: Self.migrations)
            _ = try await names(database)
        }
        #expect(error?.kind == .corrupt)
        await storage.close()
    }

    @Test("a directory that cannot be made is named")
    func noDirectory() async throws {
        let storage = SQLiteEngine(
            location: .directory("/proc/apus/data"), logger: Logger(label: "test"))
        let error = await #expect(throws: StorageError.self) {
            _ = try await storage.database(named: "test", migrations: Self.migrations)
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("/proc/apus/data") == true)
        await storage.close()
    }
}
