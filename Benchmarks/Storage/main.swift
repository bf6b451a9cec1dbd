// Durable writes on SQLite, by one writer and by 64, as one line of JSON for Benchmarks/run:
//
//     {"oneWriterPerSecond":…,"manyWritersPerSecond":…,"transactionsPerSync":…}
//
// Its argument is a directory on the disk that is to be measured.

import Logging
import Platform
import Storage
import StorageSQLite

let insert = "INSERT INTO items (name, number, note) VALUES (?, ?, ?)"
let schema = Migration(
    number: 1,
    statements: [
        "CREATE TABLE items (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, note TEXT)"
    ])

/// Transactions a second of `writers` that each insert `count` rows, a transaction a row.
func rate(_ database: any Database, writers: Int, count: Int) async throws -> Double {
    let tag = SystemRandomness().uuid()
    let begun = SystemClock().uptime
    try await withThrowingTaskGroup { group in
        for writer in 0..<writers {
            group.addTask {
                for number in 0..<count {
                    try await database.write {
                        try $0.execute(insert, "\(tag)-\(writer)-\(number)", number, "a note")
                    }
                }
            }
        }
        try await group.waitForAll()
    }
    return Double(writers * count) / ((SystemClock().uptime - begun) / .seconds(1))
}

let engine = SQLiteEngine(
    location: .directory(CommandLine.arguments[1]), logger: Logger(label: "benchmark"))
guard
    let database = try await engine.database(named: "benchmark", migrations: [schema])
        as? SQLiteDatabase
else { preconditionFailure("SQLite's engine opens SQLite's databases") }
let one = try await rate(database, writers: 1, count: 500)
let before = database.statistics
let many = try await rate(database, writers: 64, count: 500)
let after = database.statistics
let perSync =
    Double(after.transactions - before.transactions) / Double(after.commits - before.commits)
print(
    """
    {"oneWriterPerSecond":\(one),"manyWritersPerSecond":\(many),"transactionsPerSync":\(perSync)}
    """)
await engine.close()
