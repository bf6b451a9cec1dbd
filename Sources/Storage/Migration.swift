/// One step of a schema's history. Steps are numbered from 1, only ever added, and never changed.
///
/// The SQL is the subset that both engines share:
/// - columns are `TEXT`, `BIGINT`, `DOUBLE` or `BLOB`; `NOT NULL`, `DEFAULT`, `CHECK`, `PRIMARY
///   KEY` and `UNIQUE`; no foreign keys, no generated identifiers, no Booleans (a `BIGINT` of 0 or
///   1);
/// - `CREATE TABLE … (…) CLUSTERED` keeps the rows in the order of the primary key where the engine
///   can: for tables that are read by ranges of it;
/// - `CREATE TABLE`, `CREATE [UNIQUE] INDEX`, `ALTER TABLE … ADD COLUMN`, `DROP`;
/// - `INSERT … ON CONFLICT (…) DO NOTHING` or `DO UPDATE SET x = excluded.x`, `RETURNING`, `LIMIT`,
///   row values, common table expressions, `CASE`, aggregates;
/// - text compares by its UTF-8 bytes and `LIKE` minds case; a prefix is better sought by a range.
///
/// Migrations change the schema. Rows that they would insert are gone after a reset.
package struct Migration: Sendable, Equatable {
    /// Its place in the history, from 1.
    package let number: Int
    /// The statements, without parameters.
    package let statements: [String]

    /// Makes the step `number` of a schema's history.
    package init(number: Int, statements: [String]) {
        self.number = number
        self.statements = statements
    }
}
