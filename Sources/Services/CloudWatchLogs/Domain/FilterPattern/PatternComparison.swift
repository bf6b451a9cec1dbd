/// How a field or a property is compared with an operand.
enum PatternComparison: String, Sendable {
    // The longer signs come first, for the scanner takes the first that fits.
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
    case greater = ">"
    case less = "<"

    static let all: [PatternComparison] = [
        .notEqual, .atLeast, .atMost, .equal, .greater, .less,
    ]

    /// Takes the sign that comes next.
    init(_ scanner: inout PatternScanner) throws {
        guard let comparison = Self.all.first(where: { scanner.take($0.rawValue) }) else {
            throw scanner.invalid()
        }
        self = comparison
    }

    /// Whether the comparison is of numbers only.
    var isNumeric: Bool { self != .equal && self != .notEqual }

    /// Whether it holds between two numbers.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .greater: left > right
        case .atLeast: left >= right
        case .less: left < right
        case .atMost: left <= right
        }
    }

    /// Whether it holds between a text and an operand.
    func holds(_ text: String, _ operand: PatternOperand) -> Bool {
        switch self {
        case .equal: return operand.equals(text)
        case .notEqual: return !operand.equals(text)
        case .greater, .atLeast, .less, .atMost:
            guard case .number(let right, _) = operand, let left = Double(text) else {
                return false
            }
            return holds(left, right)
        }
    }
}
