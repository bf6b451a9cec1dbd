/// A value as databases know it.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    /// Never NaN, which SQLite cannot keep.
    case real(Double)
    /// Without U+0000, which PostgreSQL cannot keep in text.
    case text(String)
    case blob([UInt8])

    /// The value of a parameter; nil is `NULL`.
    package init(_ value: (any SQLConvertible)?) {
        self = value?.sqlValue ?? .null
    }
}

extension SQLValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .real(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
}

extension SQLValue {
    /// Whether both engines can keep the value.
    ///
    /// - Throws: `StorageError` `.invalidValue` when they cannot.
    package func validate() throws(StorageError) {
        switch self {
        case .text(let text) where text.utf8.contains(0):
            throw StorageError(.invalidValue, "text with a NUL character")
        case .real(let number) where number.isNaN:
            throw StorageError(.invalidValue, "a number that is NaN")
        case .null, .integer, .real, .text, .blob:
            return
        }
    }
}
