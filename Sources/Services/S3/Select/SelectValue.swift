import Platform
import Wire

/// A value in a query over the records of an object.
enum SelectValue: Sendable, Equatable {
    /// A record has no such field.
    case missing
    case null
    case boolean(Bool)
    case integer(Int64)
    case decimal(Double)
    case text(String)
    case timestamp(Instant)
    case structure(Document)

    init(_ document: Document?) {
        switch document {
        case nil: self = .missing
        case .null?: self = .null
        case .boolean(let value)?: self = .boolean(value)
        case .integer(let value)?: self = .integer(value)
        case .number(let value)?: self = .decimal(value)
        case .string(let value)?: self = .text(value)
        case .array?, .object?: self = .structure(document ?? .null)
        }
    }

    var isAbsent: Bool { self == .null || self == .missing }

    /// The number that it is, or that its text writes.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        case .text(let text): Double(text.filter { $0 != " " })
        default: nil
        }
    }

    /// As it stands in a CSV field.
    var text: String {
        switch self {
        case .missing, .null: ""
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .decimal(let value): Self.text(of: value)
        case .text(let text): text
        case .timestamp(let time): time.iso8601
        case .structure(let document): document.jsonText
        }
    }

    private static func text(of value: Double) -> String {
        guard let whole = Int64(exactly: value) else { return "\(value)" }
        return String(whole)
    }

    /// As it stands in JSON; nil where it does not.
    var document: Document? {
        switch self {
        case .missing: nil
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .decimal(let value): Int64(exactly: value).map { .integer($0) } ?? .number(value)
        case .text(let text): .string(text)
        case .timestamp(let time): .string(time.iso8601)
        case .structure(let document): document
        }
    }

    /// Which of two values comes first: -1, 0 or 1; nil where they cannot be compared.
    static func compare(_ left: SelectValue, _ right: SelectValue) -> Int? {
        switch (left, right) {
        case (.missing, _), (_, .missing), (.null, _), (_, .null): return nil
        case (.text(let one), .text(let other)):
            return one == other ? 0 : one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
        case (.boolean(let one), .boolean(let other)): return one == other ? 0 : one ? 1 : -1
        case (.boolean(let one), .text(let other)):
            return other.lowercased() == (one ? "true" : "false") ? 0 : nil
        case (.text, .boolean): return compare(right, left).map { -$0 }
        case (.timestamp(let one), .timestamp(let other)):
            return one == other ? 0 : one < other ? -1 : 1
        default:
            guard let one = left.number, let other = right.number else { return nil }
            return one == other ? 0 : one < other ? -1 : 1
        }
    }
}

/// A record of an object: a line of CSV, or a document of JSON.
enum SelectRecord: Sendable {
    /// The names of the columns, where the first line gives them, and the fields.
    case fields([String: Int], [String])
    case document(Document)

    /// The value at a path.
    func value(_ path: [SelectPath]) -> SelectValue {
        switch self {
        case .fields(let names, let fields):
            guard path.count == 1, case .name(let name, let isExact) = path[0] else {
                return path.isEmpty ? .text(fields.joined(separator: ",")) : .missing
            }
            if let index = names[name] ?? (isExact ? nil : names[name.lowercased()]) {
                return index < fields.count ? .text(fields[index]) : .missing
            }
            guard name.hasPrefix("_"), let number = Int(name.dropFirst()), number > 0 else {
                return .missing
            }
            return number <= fields.count ? .text(fields[number - 1]) : .missing
        case .document(let document):
            var found: Document? = document
            for step in path {
                switch step {
                case .name(let name, let isExact):
                    guard case .object(let members)? = found else { return .missing }
                    found =
                        members[name]
                        ?? (isExact
                            ? nil
                            : members.first { $0.key.lowercased() == name.lowercased() }?.value)
                case .index(let index): found = found?[index]
                }
            }
            return SelectValue(found)
        }
    }
}

/// A step on the way to a value.
enum SelectPath: Sendable, Equatable {
    /// Exact where it stands in quotation marks.
    case name(String, isExact: Bool)
    case index(Int)
}
