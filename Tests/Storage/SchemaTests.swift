import Storage
import Testing

@Suite("Schemas", .timeLimit(.minutes(10)))
struct SchemaTests {
    static let first = Migration(number: 1, statements: itemsSchema)
    static let second = Migration(
        number: 2,
        statements: [
            "ALTER TABLE items ADD COLUMN size BIGINT NOT NULL DEFAULT 7",
            "CREATE INDEX items_by_n ON items (n)",
        ])

    @Test("a migration runs once, and new ones keep the rows", arguments: Engine.durable)
    func forward(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        for migrations in [
            [Self.first], [Self.first], [Self.first, Self.second], [Self.first, Self.second],
        ] {
            let storage = try place.open()
            let database = try await storage.database(named: place.name, migrations: migrations)
            try await database.write { transaction in
                try transaction.execute("\(insert) ON CONFLICT (name) DO NOTHING", "a", 1, nil)
            }
            #expect(try await names(database) == ["a"])
            await storage.close()
        }
        let storage = try place.open()
        let database = try await storage.database(
            named: place.name, migrations: [Self.first, Self.second])
        let size = try await database.read { try $0.first("SELECT size FROM items")?.int(0) }
        #expect(size == 7)
        await storage.close()
    }

    static let unfit: [[Migration]] = [
        // Older than the database.
        [first],
        // Changed after it was applied.
        [first, Migration(number: 2, statements: ["CREATE TABLE others (name TEXT)"])],
    ]

    @Test(
        "a database that these migrations did not make is refused", arguments: Engine.durable,
        unfit.indices)
    func refused(engine: Engine, index: Int) async throws {
        let place = try StoragePlace(engine)
        let storage = try place.open()
        _ = try await storage.database(named: place.name, migrations: [Self.first, Self.second])
        await storage.close()
        let later = try place.open()
        let error = await #expect(throws: StorageError.self) {
            _ = try await later.database(named: place.name, migrations: Self.unfit[index])
        }
        #expect(error?.kind == .migration)
        await later.close()
    }

    @Test(
        "rows that are kept in the order of their key are replaced and read by ranges of it",
        arguments: Engine.allCases)
    func clustered(engine: Engine) async throws {
        let schema = """
            CREATE TABLE words (
                shelf BIGINT NOT NULL, word BLOB NOT NULL, meaning TEXT NOT NULL,
                PRIMARY KEY (shelf, word)) CLUSTERED
            """
        try await withDatabase(engine, [schema]) { database in
            try await database.write { transaction in
                for (shelf, word) in [(2, 1), (1, 9), (1, 3), (1, 3)] {
                    try transaction.execute(
                        "INSERT INTO words (shelf, word, meaning) VALUES (?, ?, ?) "
                            + "ON CONFLICT (shelf, word) DO UPDATE SET meaning = excluded.meaning",
                        shelf, [UInt8(word)], "m")
                }
            }
            let words = try await database.read { transaction in
                try transaction.query(
                    "SELECT word FROM words WHERE (shelf, word) > (?, ?) AND shelf <= ? "
                        + "ORDER BY shelf, word", 1, [3] as [UInt8], 2)
            }
            #expect(words.map { $0.bytes(0) } == [[9], [1]])
        }
    }

    @Test("a migration that fails changes nothing", arguments: Engine.durable)
    func failing(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        let broken = Migration(
            number: 2, statements: ["CREATE TABLE others (name TEXT)", "CREATE NONSENSE"])
        let storage = try place.open()
        await #expect(throws: StorageError.self) {
            _ = try await storage.database(named: place.name, migrations: [Self.first, broken])
        }
        let database = try await storage.database(
            named: place.name, migrations: [Self.first, Self.second])
        #expect(try await names(database).isEmpty)
        await storage.close()
    }

    @Test("many nodes may start at once", arguments: Engine.durable)
    func together(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    let storage = try place.open()
                    let database = try await storage.database(
                        named: place.name, migrations: [Self.first, Self.second])
                    try await database.write { try $0.execute(insert, "node-\(number)", 1, nil) }
                    await storage.close()
                }
            }
            try await group.waitForAll()
        }
        let storage = try place.open()
        let database = try await storage.database(
            named: place.name, migrations: [Self.first, Self.second])
        #expect(try await names(database).count == 8)
        await storage.close()
    }

    @Test("a reset empties every database and leaves it usable", arguments: Engine.allCases)
    func reset(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        let storage = try place.open()
        let one = try await storage.database(named: place.name, migrations: [Self.first])
        let two = try await storage.database(named: "\(place.name)_b", migrations: [Self.first])
        for database in [one, two] {
            try await database.write { try $0.execute(insert, "a", 1, nil) }
        }
        try await storage.reset()
        for database in [one, two] {
            #expect(try await names(database).isEmpty)
            try await database.write { try $0.execute(insert, "a", 1, nil) }
            #expect(try await names(database) == ["a"])
        }
        await storage.close()
    }

    @Test("databases of one engine do not see each other", arguments: Engine.allCases)
    func apart(engine: Engine) async throws {
        let place = try StoragePlace(engine)
        let storage = try place.open()
        let one = try await storage.database(named: place.name, migrations: [Self.first])
        let two = try await storage.database(named: "\(place.name)_b", migrations: [Self.first])
        try await one.write { try $0.execute(insert, "a", 1, nil) }
        #expect(try await names(two).isEmpty)
        await storage.close()
    }
}
