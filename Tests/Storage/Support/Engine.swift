import Foundation
import Logging
import Platform
import Storage
import StoragePostgres
import StorageSQLite
import Synchronization
import Testing

/// The engines that pass the suite.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqliteFile = "SQLite in a file"
    case sqliteMemory = "SQLite in memory"
    case postgres = "PostgreSQL"

    /// Those that keep a database when they are closed, and on which reads and writes overlap.
    static let durable: [Engine] = [.sqliteFile, .postgres]

    var testDescription: String { rawValue }
}

/// A place for databases that no other test sees.
struct StoragePlace: Sendable {
    let engine: Engine
    let directory: TemporaryDirectory
    /// A name for a database that no other test uses.
    let name: String

    private static let count = Atomic<Int>(0)

    init(_ engine: Engine) throws {
        self.engine = engine
        directory = try TemporaryDirectory()
        name = "test_\(Self.count.add(1, ordering: .relaxed).newValue)"
    }

    /// Another node on the same place.
    func open() throws -> any StorageEngine {
        let logger = Logger(label: "test")
        switch engine {
        case .sqliteFile:
            return SQLiteEngine(location: .directory(directory.path), logger: logger)
        case .sqliteMemory:
            return SQLiteEngine(location: .memory, logger: logger)
        case .postgres:
            return PostgresEngine(
                url: try PostgresCluster.shared.get().url, randomness: SystemRandomness(),
                logger: logger)
        }
    }
}

/// A directory that goes with the last who holds it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "apus-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Opens a database with one migration for the time of `body`.
func withDatabase(
    _ engine: Engine, _ schema: [String] = itemsSchema,
    _ body: (any Database) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: [Migration(number: 1, statements: schema)], body)
}

func withDatabase(
    _ engine: Engine, migrations: [Migration], _ body: (any Database) async throws -> Void
) async throws {
    let place = try StoragePlace(engine)
    let storage = try place.open()
    do {
        try await body(try await storage.database(named: place.name, migrations: migrations))
    } catch {
        await storage.close()
        throw error
    }
    await storage.close()
}

let itemsSchema = [
    "CREATE TABLE items (name TEXT NOT NULL PRIMARY KEY, n BIGINT NOT NULL, note TEXT)"
]
