import DynamoDBModel
import Platform
import Storage
import Wire

extension ReadTransaction {
    /// The table's definition; `nil` where there is no such table.
    func table(_ reference: TableReference) throws -> Table? {
        let (scope, name) = (reference.scope, reference.name)
        guard
            let row = try first(
                "SELECT id, version, description, settings FROM tables "
                    + "WHERE account = ? AND region = ? AND name = ?",
                scope.account, scope.region, name)
        else { return nil }
        return try Table(row, reference)
    }

    /// The tables of all accounts with a feature: what background work goes through.
    ///
    /// - Parameter feature: a member of the settings' document.
    func tables(with feature: String) throws -> [Table] {
        try query(
            "SELECT id, version, description, settings, account, region, name FROM tables "
                + "WHERE settings LIKE ? ORDER BY id", "%\"\(feature)\":%"
        ).map { row in
            let scope = TableScope(account: row.string(4), region: row.string(5))
            return try Table(row, TableReference(scope: scope, name: row.string(6)))
        }
    }
}

extension WriteTransaction {
    /// Checks that an account's region may have one more table.
    ///
    /// - Throws: `LimitExceededException`.
    func checkTables(in scope: TableScope) throws {
        let count = try first(
            "SELECT COUNT(*) FROM tables WHERE account = ? AND region = ?", scope.account,
            scope.region)
        guard count?.int(0) ?? 0 < DynamoDBLimits.tables else {
            throw DynamoDBError.limitExceededException(
                "Subscriber limit exceeded: There is a limit of \(DynamoDBLimits.tables) tables per "
                    + "subscriber")
        }
    }

    /// A number that was never given to a table, an index or a stream before.
    func nextID() throws -> Int64 {
        let rows = try query(
            "INSERT INTO counters (name, value) VALUES ('id', 1) "
                + "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value")
        guard let row = rows.first else { preconditionFailure("an upsert returns its row") }
        return Int64(row.int(0))
    }

    func insert(_ table: Table) throws {
        try execute(
            "INSERT INTO tables (id, account, region, name, version, description, settings) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)",
            table.id, table.scope.account, table.scope.region, table.name, table.version,
            table.description.storedText, table.settings.document.jsonText)
    }

    func update(_ table: Table) throws {
        try execute(
            "UPDATE tables SET version = ?, description = ?, settings = ? WHERE id = ?",
            table.version, table.description.storedText, table.settings.document.jsonText, table.id)
    }
}

extension Table {
    convenience init(_ row: Row, _ reference: TableReference) throws {
        self.init(
            id: Int64(row.int(0)), version: Int64(row.int(1)), reference: reference,
            description: try TableDescription(stored: row.string(2)),
            settings: TableSettings(try Document(json: row.string(3))))
    }
}
