import Platform
import Storage
import Synchronization
import Testing

@Suite("Transactions", .timeLimit(.minutes(10)))
struct TransactionTests {
    struct Refused: Error, Equatable {}

    @Test("a write is there for the next read", arguments: Engine.allCases)
    func writeThenRead(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let changed = try await database.write { try $0.execute(insert, "a", 1, nil) }
            #expect(changed == 1)
            #expect(try await names(database) == ["a"])
        }
    }

    @Test("a body that throws changes nothing", arguments: Engine.allCases)
    func rollback(engine: Engine) async throws {
        try await withDatabase(engine) { database async throws in
            await #expect(throws: Refused()) {
                try await database.write { transaction in
                    try transaction.execute(insert, "a", 1, nil)
                    throw Refused()
                }
            }
            #expect(try await names(database).isEmpty)
        }
    }

    @Test("writers that fail take nothing of the others back", arguments: Engine.allCases)
    func failingNeighbours(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let outcomes = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<64 {
                    group.addTask { (number, try await isWritten(number, in: database)) }
                }
                return try await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes.allSatisfy { $0.value == !$0.key.isMultiple(of: 3) })
            let expected = (0..<64).filter { !$0.isMultiple(of: 3) }.map { "item-\($0)" }.sorted()
            #expect(try await names(database) == expected)
        }
    }

    /// Inserts an item, and for every third fails after that: by an error of its own or by one of the database.
    private func isWritten(_ number: Int, in database: any Database) async throws -> Bool {
        do {
            try await database.write { transaction in
                try transaction.execute(insert, "item-\(number)", number, nil)
                if number.isMultiple(of: 6) { throw Refused() }
                if number.isMultiple(of: 3) {
                    try transaction.execute(insert, "item-\(number)", number, nil)
                }
            }
            return true
        } catch is Refused {
            return false
        } catch let error as StorageError where error.kind == .uniqueConstraint {
            return false
        }
    }

    @Test("64 writers that read before they write lose no update", arguments: Engine.allCases)
    func counter(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.write { try $0.execute(insert, "counter", 0, nil) }
            try await withThrowingTaskGroup { group in
                for _ in 0..<64 {
                    group.addTask {
                        for _ in 0..<4 { try await increment(database) }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.read { try $0.first("SELECT n FROM items")?.int(0) }
            #expect(count == 256)
        }
    }

    private func increment(_ database: any Database) async throws {
        try await database.write { transaction in
            let count = try transaction.first("SELECT n FROM items WHERE name = ?", "counter")?.int(
                0)
            try transaction.execute(
                "UPDATE items SET n = ? WHERE name = ?", (count ?? 0) + 1, "counter")
        }
    }

    @Test(
        "two that each look at what the other changes do not both succeed unseen",
        arguments: Engine.allCases)
    func writeSkew(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            // Each inserts an item if there is none: under snapshots alone both would.
            try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        try await database.write { transaction in
                            let count = try transaction.first("SELECT COUNT(*) FROM items")?.int(0)
                            if count == 0 {
                                try transaction.execute(insert, "item-\(number)", 1, nil)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await names(database).count == 1)
        }
    }

    @Test(
        "a reader does not wait for a writer, and sees what was committed",
        arguments: Engine.durable)
    func readerDuringWrite(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let gate = Gate()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await database.write { transaction in
                        try transaction.execute(insert, "a", 1, nil)
                        gate.enterAndWait()
                    }
                }
                try await gate.entered()
                #expect(try await names(database).isEmpty)
                gate.open()
                try await group.waitForAll()
            }
            #expect(try await names(database) == ["a"])
        }
    }

    @Test("what a reader sees does not change under it", arguments: Engine.durable)
    func snapshot(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let gate = Gate()
            let counts = try await withThrowingTaskGroup(of: [Int?].self) { group in
                group.addTask {
                    try await database.read { transaction in
                        let before = try transaction.first("SELECT COUNT(*) FROM items")?.int(0)
                        gate.enterAndWait()
                        return [
                            before, try transaction.first("SELECT COUNT(*) FROM items")?.int(0),
                        ]
                    }
                }
                try await gate.entered()
                try await database.write { try $0.execute(insert, "a", 1, nil) }
                gate.open()
                return try await group.next() ?? []
            }
            #expect(counts == [0, 0])
        }
    }

    @Test("actions after the commit run in order, before write returns", arguments: Engine.allCases)
    func afterCommit(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let actions = Journal<Int>()
            try await database.write { transaction in
                for number in 1...3 { transaction.afterCommit { actions.note(number) } }
                try transaction.execute(insert, "a", 1, nil)
            }
            #expect(actions.entries == [1, 2, 3])
        }
    }

    @Test(
        "actions after the commit of a transaction that fails do not run",
        arguments: Engine.allCases)
    func afterRollback(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let actions = Journal<Int>()
            await #expect(throws: Refused()) {
                try await database.write { transaction in
                    transaction.afterCommit { actions.note(1) }
                    throw Refused()
                }
            }
            #expect(actions.entries.isEmpty)
        }
    }

    @Test(
        "a failed statement ends the transaction, even when the body goes on",
        arguments: Engine.allCases)
    func swallowedError(engine: Engine) async throws {
        try await withDatabase(engine) { database async throws in
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.execute(insert, "a", 1, nil)
                    _ = try? transaction.execute(insert, "a", 1, nil)
                    _ = try? transaction.execute(insert, "b", 1, nil)
                }
            }
            #expect(try await names(database).isEmpty)
        }
    }

    @Test("a write is finished though its task is cancelled", arguments: Engine.allCases)
    func cancelled(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await withThrowingTaskGroup { group in
                group.addTask { try await database.write { try $0.execute(insert, "a", 1, nil) } }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await names(database) == ["a"])
        }
    }

    @Test("a database that is closed says so", arguments: Engine.allCases)
    func closed(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        let storage = try place.open()
        let database = try await storage.database(
            named: place.name, migrations: [Migration(number: 1, statements: itemsSchema)])
        _ = try await names(database)
        await storage.close()
        await #expect(throws: StorageError(.unavailable, "the database is closed")) {
            try await database.read { _ in }
        }
        await #expect(throws: StorageError(.unavailable, "the database is closed")) {
            try await database.write { _ in }
        }
    }
}

let insert = "INSERT INTO items (name, n, note) VALUES (?, ?, ?)"

func names(_ database: any Database) async throws -> [String] {
    try await database.read { transaction in
        try transaction.query("SELECT name FROM items ORDER BY name").map { $0.string(0) }
    }
}
