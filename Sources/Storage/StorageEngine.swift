/// Where services keep what must not be lost: one engine a process, one database a service.
///
/// Two engines exist, SQLite and PostgreSQL, and one suite (Tests/Storage) that both pass. Services
/// know this protocol only. The SQL that both understand is described at ``Migration``.
package protocol StorageEngine: Sendable {
    /// Opens the database of a service, makes it where there is none, and brings its schema up to
    /// date.
    ///
    /// SQLite keeps it in a file, PostgreSQL in a schema of that name. Opening a name again answers
    /// the database that is open already.
    ///
    /// - Parameters:
    ///   - name: lower-case letters, digits and underscores, at most 40.
    ///   - migrations: numbered 1, 2, 3 and so on; those that the database has not seen are
    ///     applied.
    /// - Throws: `StorageError` `.migration` when the database has seen others than these,
    ///   `.unavailable`, `.corrupt`, `.readOnly` or `.full` when it cannot be opened.
    func database(named name: String, migrations: [Migration]) async throws -> any Database

    /// Deletes every row of every opened database and keeps the schemas. Takes a few milliseconds.
    func reset() async throws

    /// Waits for the transactions that are under way and closes every database.
    func close() async
}
