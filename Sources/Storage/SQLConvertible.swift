package import Platform

/// What can be the parameter of a statement as it stands: `execute("… VALUES (?, ?)", name,
/// created)`.
package protocol SQLConvertible {
    /// The value as databases know it.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible {
    package var sqlValue: SQLValue { self }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
}

extension Double: SQLConvertible {
    package var sqlValue: SQLValue { .real(self) }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
}

/// 1 or 0, since the engines share no other Boolean.
extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

/// Milliseconds since the Unix epoch, in a `BIGINT`.
extension Instant: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .blob(self) }
}
