import Platform
import Wire

/// An expression over a record.
indirect enum SelectExpression: Sendable {
    enum Comparison: Sendable { case equal, unequal, less, lessOrEqual, greater, greaterOrEqual }
    enum Arithmetic: Sendable { case add, subtract, multiply, divide, remainder }
    enum Aggregate: String, Sendable { case count, sum, avg, min, max }

    case value(SelectValue)
    case path([SelectPath])
    case compare(Comparison, SelectExpression, SelectExpression)
    case calculate(Arithmetic, SelectExpression, SelectExpression)
    case and(SelectExpression, SelectExpression)
    case or(SelectExpression, SelectExpression)
    case not(SelectExpression)
    case isNull(SelectExpression)
    case isMissing(SelectExpression)
    case like(SelectExpression, SelectExpression, escape: Character?)
    case isAmong(SelectExpression, [SelectExpression])
    case between(SelectExpression, SelectExpression, SelectExpression)
    case cast(SelectExpression, String)
    case call(String, [SelectExpression])
    /// The number of an aggregate among those of the query.
    case aggregate(Int)

    /// The value for a record.
    ///
    /// - Parameter aggregates: the values of the query's aggregates, where it has any.
    /// - Throws: `AWSError`.
    func value(of record: SelectRecord, _ aggregates: [SelectValue] = []) throws -> SelectValue {
        func evaluate(_ expression: SelectExpression) throws -> SelectValue {
            try expression.value(of: record, aggregates)
        }
        switch self {
        case .value(let value): return value
        case .path(let path): return record.value(path)
        case .aggregate(let index): return aggregates[index]
        case .compare(let comparison, let left, let right):
            let order = SelectValue.compare(try evaluate(left), try evaluate(right))
            guard let order else { return .boolean(false) }
            return .boolean(Self.holds(comparison, order))
        case .calculate(let arithmetic, let left, let right):
            return try Self.calculate(arithmetic, evaluate(left), evaluate(right))
        case .and(let left, let right):
            return .boolean(
                try evaluate(left) == .boolean(true) && evaluate(right) == .boolean(true))
        case .or(let left, let right):
            return .boolean(
                try evaluate(left) == .boolean(true) || evaluate(right) == .boolean(true))
        case .not(let operand): return .boolean(try evaluate(operand) != .boolean(true))
        case .isNull(let operand): return .boolean(try evaluate(operand).isAbsent)
        case .isMissing(let operand): return .boolean(try evaluate(operand) == .missing)
        case .like(let operand, let pattern, let escape):
            let value = try evaluate(operand)
            guard !value.isAbsent else { return .boolean(false) }
            return .boolean(
                LikePattern(try evaluate(pattern).text, escape: escape).matches(value.text))
        case .isAmong(let operand, let list):
            let value = try evaluate(operand)
            return .boolean(
                try list.contains { SelectValue.compare(value, try evaluate($0)) == 0 })
        case .between(let operand, let least, let most):
            let value = try evaluate(operand)
            guard let low = SelectValue.compare(value, try evaluate(least)),
                let high = SelectValue.compare(value, try evaluate(most))
            else { return .boolean(false) }
            return .boolean(low >= 0 && high <= 0)
        case .cast(let operand, let type):
            return try SelectFunctions.cast(evaluate(operand), to: type)
        case .call(let name, let arguments):
            return try SelectFunctions.call(name, arguments.map(evaluate))
        }
    }

    private static func holds(_ comparison: Comparison, _ order: Int) -> Bool {
        switch comparison {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }

    private static func calculate(
        _ arithmetic: Arithmetic, _ left: SelectValue, _ right: SelectValue
    ) throws -> SelectValue {
        guard !left.isAbsent, !right.isAbsent else { return .null }
        guard let one = left.number, let other = right.number else {
            throw SelectFailure.evaluation("a number is expected")
        }
        let result: Double
        switch arithmetic {
        case .add: result = one + other
        case .subtract: result = one - other
        case .multiply: result = one * other
        case .divide:
            guard other != 0 else { throw SelectFailure.evaluation("a division by zero") }
            result = one / other
        case .remainder:
            guard other != 0 else { throw SelectFailure.evaluation("a division by zero") }
            result = one.truncatingRemainder(dividingBy: other)
        }
        return .decimal(result)
    }
}

/// A `LIKE` pattern: `%` stands for anything, `_` for one character.
struct LikePattern: Sendable {
    private enum Part: Sendable, Equatable { case any, one, character(Character) }
    private var parts: [Part] = []

    init(_ text: String, escape: Character?) {
        var isEscaped = false
        for character in text {
            if isEscaped {
                parts.append(.character(character))
                isEscaped = false
            } else if character == escape {
                isEscaped = true
            } else {
                parts.append(
                    character == "%" ? .any : character == "_" ? .one : .character(character))
            }
        }
    }

    func matches(_ text: String) -> Bool {
        let characters = Array(text)
        var (part, position): (Int, Int) = (0, 0)
        // Where the last `%` is, and how far it reaches: the only place to go back to.
        var (mark, reached): (Int?, Int) = (nil, 0)
        while position < characters.count {
            if part < parts.count, parts[part] == .any {
                (mark, reached) = (part, position)
                part += 1
            } else if part < parts.count,
                parts[part] == .one || parts[part] == .character(characters[position])
            {
                part += 1
                position += 1
            } else if let mark {
                reached += 1
                (part, position) = (mark + 1, reached)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }
}

/// The functions of queries.
enum SelectFunctions {
    /// - Throws: `AWSError`.
    static func call(_ name: String, _ arguments: [SelectValue]) throws -> SelectValue {
        switch (name, arguments.count) {
        case ("lower", 1): return map(arguments[0]) { $0.lowercased() }
        case ("upper", 1): return map(arguments[0]) { $0.uppercased() }
        case ("char_length", 1), ("character_length", 1):
            return arguments[0].isAbsent ? .null : .integer(Int64(arguments[0].text.count))
        case ("trim", 1):
            return map(arguments[0]) { text in
                var rest = text[...].drop { $0 == " " }
                while rest.last == " " { rest.removeLast() }
                return String(rest)
            }
        case ("substring", 2), ("substring", 3):
            return substring(
                arguments[0], Int(arguments[1].number ?? 1),
                arguments.count == 3 ? Int(arguments[2].number ?? 0) : nil)
        case ("coalesce", _): return arguments.first { !$0.isAbsent } ?? .null
        case ("nullif", 2):
            return SelectValue.compare(arguments[0], arguments[1]) == 0 ? .null : arguments[0]
        case ("to_timestamp", 1): return try cast(arguments[0], to: "timestamp")
        default:
            throw AWSError(
                "UnsupportedFunction", "Encountered an unsupported SQL function: \(name).",
                status: 400)
        }
    }

    private static func map(_ value: SelectValue, _ change: (String) -> String) -> SelectValue {
        value.isAbsent ? .null : .text(change(value.text))
    }

    /// Positions count from 1; what lies before the text counts, too.
    private static func substring(_ value: SelectValue, _ start: Int, _ count: Int?) -> SelectValue
    {
        guard !value.isAbsent else { return .null }
        let characters = Array(value.text)
        let end = count.map { start + max(0, $0) } ?? characters.count + 1
        let range = max(1, start)..<max(max(1, start), min(end, characters.count + 1))
        return .text(
            String(characters[(range.lowerBound - 1)..<min(range.upperBound - 1, characters.count)])
        )
    }

    /// - Throws: `AWSError` `CastFailed`.
    static func cast(_ value: SelectValue, to type: String) throws -> SelectValue {
        guard !value.isAbsent else { return value }
        let failure = AWSError(
            "CastFailed",
            "Attempt to convert from one data type to another using CAST failed in the SQL expression.",
            status: 400)
        switch type {
        case "int", "integer":
            guard let number = value.number, let whole = Int64(exactly: number.rounded(.towardZero))
            else { throw failure }
            return .integer(whole)
        case "float", "decimal", "numeric", "double":
            guard let number = value.number else { throw failure }
            return .decimal(number)
        case "string", "varchar", "char", "character": return .text(value.text)
        case "bool", "boolean":
            switch value.text.lowercased() {
            case "true", "1": return .boolean(true)
            case "false", "0": return .boolean(false)
            default: throw failure
            }
        case "timestamp":
            if case .timestamp = value { return value }
            let text = value.text
            guard
                let time = Instant(iso8601: text) ?? Instant(iso8601: "\(text)T00:00:00Z")
                    ?? Instant(iso8601: "\(text)Z")
            else { throw failure }
            return .timestamp(time)
        default: throw SelectFailure.syntax("unknown type \(type)")
        }
    }
}

/// What is wrong with a query.
enum SelectFailure {
    static func syntax(_ message: String) -> AWSError {
        AWSError(
            "ParseUnexpectedToken", "The SQL expression contains an unexpected token: \(message).",
            status: 400)
    }

    static func evaluation(_ message: String) -> AWSError {
        AWSError(
            "EvaluatorInvalidArguments",
            "Incorrect arguments in the SQL expression: \(message).", status: 400)
    }
}
