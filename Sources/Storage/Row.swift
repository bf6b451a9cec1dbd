package import Platform

/// One row of an answer. Its values are read by position or by the name of their column.
///
/// A column that is not there, or holds another type than is asked for, is a mistake in the SQL
/// beside it, and stops the program.
package struct Row: Sendable {
    private let names: ColumnNames
    private let values: [SQLValue]

    /// Makes a row of `values`, one for each of `names`. Engines call this.
    package init(names: ColumnNames, values: [SQLValue]) {
        self.names = names
        self.values = values
    }

    /// Which column: its position from 0, or its name.
    package struct Column: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, Sendable {
        fileprivate enum Reference { case position(Int), name(String) }
        fileprivate let reference: Reference

        package init(integerLiteral position: Int) { reference = .position(position) }
        package init(stringLiteral name: String) { reference = .name(name) }
    }

    /// The value of a column as it came from the database.
    package func value(_ column: Column) -> SQLValue {
        switch column.reference {
        case .position(let position):
            precondition(
                values.indices.contains(position),
                "no column \(position) in a row of \(values.count)")
            return values[position]
        case .name(let name):
            guard let position = names.position(of: name) else {
                preconditionFailure("no column \(name) in \(names.all)")
            }
            return values[position]
        }
    }

    /// Whether the column holds `NULL`.
    package func isNull(_ column: Column) -> Bool { value(column) == .null }

    /// The text of a column.
    package func string(_ column: Column) -> String { present(optionalString(column), column) }

    /// The text of a column, nil for `NULL`.
    package func optionalString(_ column: Column) -> String? {
        switch value(column) {
        case .text(let text): text
        case .null: nil
        case let other: wrongType("text", other, column)
        }
    }

    /// The integer of a column.
    package func int(_ column: Column) -> Int { present(optionalInt(column), column) }

    /// The integer of a column, nil for `NULL`.
    package func optionalInt(_ column: Column) -> Int? {
        switch value(column) {
        case .integer(let integer): Int(integer)
        case .null: nil
        case let other: wrongType("an integer", other, column)
        }
    }

    /// The number of a column.
    package func double(_ column: Column) -> Double { present(optionalDouble(column), column) }

    /// The number of a column, nil for `NULL`.
    package func optionalDouble(_ column: Column) -> Double? {
        switch value(column) {
        case .real(let number): number
        case .integer(let integer): Double(integer)
        case .null: nil
        case let other: wrongType("a number", other, column)
        }
    }

    /// The bytes of a column.
    package func bytes(_ column: Column) -> [UInt8] { present(optionalBytes(column), column) }

    /// The bytes of a column, nil for `NULL`.
    package func optionalBytes(_ column: Column) -> [UInt8]? {
        switch value(column) {
        case .blob(let bytes): bytes
        case .null: nil
        case let other: wrongType("bytes", other, column)
        }
    }

    /// Whether the integer of a column is other than 0.
    package func bool(_ column: Column) -> Bool { int(column) != 0 }

    /// Whether the integer of a column is other than 0, nil for `NULL`.
    package func optionalBool(_ column: Column) -> Bool? { optionalInt(column).map { $0 != 0 } }

    /// The time that a column holds as milliseconds since the Unix epoch.
    package func instant(_ column: Column) -> Instant { present(optionalInstant(column), column) }

    /// The time that a column holds as milliseconds since the Unix epoch, nil for `NULL`.
    package func optionalInstant(_ column: Column) -> Instant? {
        optionalInt(column).map { Instant(milliseconds: Int64($0)) }
    }

    private func present<Value>(_ value: Value?, _ column: Column) -> Value {
        guard let value else {
            preconditionFailure("column \(column.reference) is NULL; ask for an optional")
        }
        return value
    }

    private func wrongType(_ wanted: String, _ found: SQLValue, _ column: Column) -> Never {
        preconditionFailure("column \(column.reference) is not \(wanted) but \(found)")
    }
}
