/// What every engine does alike to bring a schema up to date.
package enum MigrationHistory {
    /// The table that remembers which migrations a database has seen. A reset leaves it alone.
    package static let table = "schema_migrations"

    /// The statement that makes the table, in the SQL of ``Migration``.
    package static let schema = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number BIGINT NOT NULL PRIMARY KEY, statements TEXT NOT NULL)
        """

    /// Applies the migrations that the database has not seen, in the transaction.
    ///
    /// - Parameters:
    ///   - name: the database, for the error.
    ///   - run: runs a statement that changes the schema.
    /// - Throws: `StorageError` `.migration` when the database has seen a migration that is not
    ///   among these or is not the same any more.
    package static func bringUpToDate(
        _ name: String, to migrations: [Migration], in transaction: any WriteTransaction,
        run: (String) throws -> Void
    ) throws {
        precondition(
            migrations.enumerated().allSatisfy { $0.element.number == $0.offset + 1 },
            "the migrations of \(name) are not numbered 1, 2, 3 and so on")
        let seen = try transaction.query(
            "SELECT number, statements FROM schema_migrations ORDER BY number")
        for (index, row) in seen.enumerated() {
            guard index < migrations.count else {
                throw StorageError(
                    .migration,
                    "database \(name) was made by a newer version: it has seen migration "
                        + "\(row.int(0)), this version knows \(migrations.count)")
            }
            guard row.int(0) == index + 1, row.string(1) == text(migrations[index]) else {
                throw StorageError(
                    .migration, "migration \(index + 1) of database \(name) is not what it was")
            }
        }
        for migration in migrations.dropFirst(seen.count) {
            for statement in migration.statements { try run(statement) }
            try transaction.execute(
                "INSERT INTO schema_migrations (number, statements) VALUES (?, ?)",
                migration.number, text(migration))
        }
    }

    /// Whether a database may be called so: it names a file and a schema.
    package static func isValidName(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
    }

    private static func text(_ migration: Migration) -> String {
        migration.statements.joined(separator: ";\n")
    }
}
