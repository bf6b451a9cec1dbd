import Platform
import Storage
import Testing

@Suite("Statements", .timeLimit(.minutes(10)))
struct StatementTests {
    static let typesSchema = [
        """
        CREATE TABLE things (
            id BIGINT NOT NULL PRIMARY KEY, i BIGINT, r DOUBLE, t TEXT, b BLOB,
            CHECK (t <> 'TEXT and BLOB?'))
        """
    ]

    static let values: [(column: String, value: SQLValue)] = [
        ("i", .integer(0)), ("i", .integer(.min)), ("i", .integer(.max)), ("i", .null),
        ("r", .real(0.1)), ("r", .real(-.greatestFiniteMagnitude)), ("r", .real(.infinity)),
        ("r", .real(.leastNonzeroMagnitude)), ("r", .null),
        ("t", .text("")), ("t", .text("naïve café 🦅 \u{FFFF} \u{10FFFF}")), ("t", .null),
        ("t", .text("quoted ' \" ? \\ $1 %")),
        ("t", .text(String(repeating: "long ", count: 50_000))),
        ("b", .blob([])), ("b", .blob([0])), ("b", .blob(Array(0...255))), ("b", .null),
        ("b", .blob(Array(repeating: 0, count: 1 << 20))),
    ]

    @Test("values of every type come back as they went in", arguments: Engine.allCases)
    func roundTrip(engine: Engine) async throws {
        try await withDatabase(engine, Self.typesSchema) { database in
            for (index, (column, value)) in Self.values.enumerated() {
                let back = try await database.write { transaction in
                    try transaction.execute(
                        "INSERT INTO things (id, \(column)) VALUES (?, ?)", index, value)
                    return try transaction.first("SELECT \(column) FROM things WHERE id = ?", index)
                }
                #expect(back?.value(0) == value)
            }
        }
    }

    @Test("Swift's types become values and come back", arguments: Engine.allCases)
    func swiftTypes(engine: Engine) async throws {
        try await withDatabase(engine, Self.typesSchema) { database in
            let now = Instant(milliseconds: 1_700_000_000_123)
            let bytes: [UInt8] = [1, 2]
            let nothing: String? = nil
            try await database.write { transaction in
                let insert = "INSERT INTO things (id, i, r, t, b) VALUES (?, ?, ?, ?, ?)"
                try transaction.execute(insert, 1, now, 1.5, "text", bytes)
                try transaction.execute(insert, 2, true, nil, nothing, nil)
            }
            let rows = try await database.read { try $0.query("SELECT * FROM things ORDER BY id") }
            #expect(rows[0].instant("i") == now)
            #expect(rows[0].double("r") == 1.5)
            #expect(rows[0].string("t") == "text")
            #expect(rows[0].bytes("b") == bytes)
            #expect(rows[1].bool("i"))
            #expect(rows[1].optionalDouble("r") == nil)
            #expect(rows[1].optionalString("t") == nil)
            #expect(rows[1].isNull("b"))
        }
    }

    @Test(
        "what not every engine can keep is refused by all",
        arguments: Engine.allCases, [SQLValue.text("a\u{0}b"), .real(.nan)])
    func unkeepable(engine: Engine, value: SQLValue) async throws {
        try await withDatabase(engine, Self.typesSchema) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write {
                    try $0.execute("INSERT INTO things (id, t) VALUES (1, ?)", value)
                }
            }
            #expect(error?.kind == .invalidValue)
        }
    }

    static let mistakes: [(sql: String, values: [SQLValue], kind: StorageError.Kind)] = [
        ("INSERT INTO items (name, n) VALUES (?, ?)", ["a", 1], .uniqueConstraint),
        ("INSERT INTO items (name, n) VALUES (?, ?)", ["b", nil], .constraint),
        ("INSERT INTO items (name, n) VALUES (?, ?)", ["b", "text"], .constraint),
        ("INSERT INTO nowhere VALUES (1)", [], .statement),
        ("INSERT INTO items (name, n) VALUES (?, ?)", ["b"], .statement),
        ("SELEC 1", [], .statement),
        ("DELETE FROM items; DELETE FROM items", [], .statement),
    ]

    @Test("errors say what sort they are", arguments: Engine.allCases, mistakes.indices)
    func errors(engine: Engine, index: Int) async throws {
        let mistake = Self.mistakes[index]
        try await withDatabase(engine) { database in
            try await database.write { try $0.execute(insert, "a", 1, nil) }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute(mistake.sql, values: mistake.values) }
            }
            #expect(error?.kind == mistake.kind, "\(error?.message ?? "")")
            #expect(try await names(database) == ["a"])
        }
    }

    @Test("a read cannot change anything", arguments: Engine.allCases)
    func changeInRead(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.read { try $0.query("DELETE FROM items RETURNING name") }
            }
            #expect(error?.kind == .statement)
        }
    }

    @Test("an upsert inserts, then updates, or does nothing", arguments: Engine.allCases)
    func upsert(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let update = "\(insert) ON CONFLICT (name) DO UPDATE SET n = excluded.n RETURNING n"
            let ignore = "\(insert) ON CONFLICT (name) DO NOTHING"
            try await database.write { transaction throws in
                #expect(try transaction.first(update, "a", 1, nil)?.int(0) == 1)
                #expect(try transaction.first(update, "a", 2, nil)?.int(0) == 2)
                #expect(try transaction.execute(ignore, "a", 3, nil) == 0)
                #expect(try transaction.execute(ignore, "b", 3, nil) == 1)
                #expect(try transaction.execute("UPDATE items SET n = 5") == 2)
                #expect(try transaction.execute("DELETE FROM items WHERE n = ?", 6) == 0)
            }
        }
    }

    @Test("rows stream until they are no longer wanted", arguments: Engine.allCases)
    func scan(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.write { transaction in
                for number in 0..<500 {
                    try transaction.execute(insert, "\(1000 + number)", number, nil)
                }
            }
            let (seen, total) = try await database.read { transaction in
                var seen: [Int] = []
                try transaction.scan("SELECT n FROM items ORDER BY name", values: []) { row in
                    seen.append(row.int(0))
                    return seen.count < 3
                }
                var total = 0
                try transaction.forEach("SELECT n FROM items WHERE n >= ?", 1) {
                    total += $0.int("n")
                }
                return (seen, total)
            }
            #expect(seen == [0, 1, 2])
            #expect(total == 499 * 250)
        }
    }

    @Test(
        "an error of the visitor ends the scan and not the transaction", arguments: Engine.allCases)
    func visitorError(engine: Engine) async throws {
        struct Enough: Error {}
        try await withDatabase(engine) { database in
            try await database.write { transaction in
                try transaction.execute(insert, "a", 1, nil)
                #expect(throws: Enough.self) {
                    try transaction.forEach("SELECT n FROM items") { _ in throw Enough() }
                }
                try transaction.execute(insert, "b", 1, nil)
            }
            #expect(try await names(database) == ["a", "b"])
        }
    }

    @Test("text sorts by its bytes and LIKE minds case", arguments: Engine.allCases)
    func textOrder(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.write { transaction in
                for name in ["a", "B", "é", "_", "Z", "z", "aa", "a-b", "a b"] {
                    try transaction.execute(insert, name, 1, nil)
                }
            }
            #expect(
                try await names(database) == ["B", "Z", "_", "a", "a b", "a-b", "aa", "z", "é"])
            let likes = try await database.read {
                try $0.query("SELECT name FROM items WHERE name LIKE 'A%'")
            }
            #expect(likes.isEmpty)
            let range = try await database.read { transaction in
                try transaction.query(
                    "SELECT name FROM items WHERE name >= ? AND name < ? ORDER BY name LIMIT ?",
                    "a", "b", 2)
            }
            #expect(range.map { $0.string(0) } == ["a", "a b"])
        }
    }

    @Test(
        "sums and comparisons are integers", arguments: Engine.allCases,
        [0, 1, 9_999, -10_000, 1 << 60])
    func aggregates(engine: Engine, number: Int) async throws {
        try await withDatabase(engine) { database in
            let row = try await database.write { transaction in
                try transaction.execute(insert, "a", number, nil)
                try transaction.execute(insert, "b", 100_000_000, nil)
                return try transaction.first(
                    """
                    SELECT COUNT(*), SUM(n), MAX(n) > ?, AVG(n) > 0.5,
                        CASE WHEN ? = 1 THEN 'one' ELSE 'other' END, COALESCE(?, 'none')
                    FROM items
                    """, number, number, nil)
            }
            #expect(row?.int(0) == 2)
            #expect(row?.int(1) == number + 100_000_000)
            #expect(row?.bool(2) == (number < 100_000_000))
            #expect(row?.bool(3) == true)
            #expect(row?.string(4) == (number == 1 ? "one" : "other"))
            #expect(row?.string(5) == "none")
        }
    }

    @Test("words of the schema in quotes are left alone", arguments: Engine.allCases)
    func quotedWords(engine: Engine) async throws {
        try await withDatabase(engine, Self.typesSchema) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write {
                    try $0.execute("INSERT INTO things (id, t) VALUES (1, 'TEXT and BLOB?')")
                }
            }
            #expect(error?.kind == .constraint)
        }
    }
}
