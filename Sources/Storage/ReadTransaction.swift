/// A view of the database that does not change while it is looked at.
///
/// A `StorageError` ends the transaction: every statement after it fails with the same error, and
/// so does the transaction, even when the body swallows it. (PostgreSQL cannot go on after a failed
/// statement, so SQLite does not either.) To insert what may exist, write `ON CONFLICT … DO
/// NOTHING` and look at the number of rows changed.
package protocol ReadTransaction {
    /// Hands the rows of a statement to `visit`, one by one as they are read, until it answers
    /// false.
    ///
    /// `visit` may not run another statement. Where it stops early, say `LIMIT` in the SQL if you
    /// can: PostgreSQL sends all rows in any case.
    ///
    /// - Parameters:
    ///   - sql: one statement; its parameters are written `?`.
    ///   - values: one for each parameter.
    /// - Throws: what `visit` throws, or `StorageError`.
    func scan(_ sql: String, values: [SQLValue], while visit: (Row) throws -> Bool) throws
}

extension ReadTransaction {
    /// Every row that the statement answers, also those of `RETURNING`.
    package func query(_ sql: String, _ values: (any SQLConvertible)?...) throws -> [Row] {
        try query(sql, values: values.map(SQLValue.init))
    }

    /// Every row that the statement answers, its parameters in an array.
    package func query(_ sql: String, values: [SQLValue]) throws -> [Row] {
        var rows: [Row] = []
        try scan(sql, values: values) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    /// The first row that the statement answers, or nil.
    package func first(_ sql: String, _ values: (any SQLConvertible)?...) throws -> Row? {
        var first: Row?
        try scan(sql, values: values.map(SQLValue.init)) { row in
            first = row
            return false
        }
        return first
    }

    /// Hands every row to `visit` as it is read, so that a large answer never stands in memory
    /// whole.
    ///
    /// `visit` may not run another statement.
    package func forEach(
        _ sql: String, _ values: (any SQLConvertible)?..., visit: (Row) throws -> Void
    ) throws {
        try scan(sql, values: values.map(SQLValue.init)) { row in
            try visit(row)
            return true
        }
    }
}
