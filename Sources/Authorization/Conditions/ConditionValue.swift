import Platform
import Wire

/// A value that a condition compares with, read as its operator wants it.
enum ConditionValue: Sendable {
    case text(PolicyText)
    /// Compared in lower case.
    case foldedText(PolicyText)
    /// The six parts of an ARN.
    case arn([PolicyText])
    case number(Double)
    case date(Instant)
    case truth(Bool)
    case bytes([UInt8])
    case addresses(AddressRange)
    /// What cannot be read as the operator wants it, and fits nothing.
    case unreadable

    init(_ text: String, for comparison: ConditionOperator.Comparison, hasVariables: Bool) {
        switch comparison {
        case .stringEquals:
            self = .text(PolicyText(text, hasWildcards: false, hasVariables: hasVariables))
        case .stringEqualsIgnoreCase:
            self = .foldedText(
                PolicyText(text.lowercased(), hasWildcards: false, hasVariables: hasVariables))
        case .stringLike:
            self = .text(PolicyText(text, hasWildcards: true, hasVariables: hasVariables))
        case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
            .numericGreaterThanEquals:
            self = Double(text).map(Self.number) ?? .unreadable
        case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
            .dateGreaterThanEquals:
            self = Instant(policyDate: text).map(Self.date) ?? .unreadable
        case .bool, .null:
            self = Bool(text.lowercased()).map(Self.truth) ?? .unreadable
        case .binaryEquals:
            self = Base64.decode(text.utf8).map(Self.bytes) ?? .unreadable
        case .ipAddress:
            self = AddressRange(text).map(Self.addresses) ?? .unreadable
        case .arnLike:
            self = Self.arn(text, hasVariables: hasVariables)
        }
    }

    /// Each part of an ARN is compared apart, so that a wildcard stays in its part.
    private static func arn(_ text: String, hasVariables: Bool) -> ConditionValue {
        if text == "*" {
            return .text(PolicyText(text, hasWildcards: true, hasVariables: false))
        }
        let parts = ARNParts.splitTemplate(text)
        guard parts.count == 6 else { return .unreadable }
        return .arn(
            parts.map { PolicyText(String($0), hasWildcards: true, hasVariables: hasVariables) })
    }

    /// The truth value that this is; `nil` where it is none.
    var isTruth: Bool? {
        guard case .truth(let truth) = self else { return nil }
        return truth
    }

    /// The variables in it, in lower case.
    var variables: [String] {
        switch self {
        case .text(let text), .foldedText(let text): text.variables
        case .arn(let parts): parts.flatMap(\.variables)
        case .number, .date, .truth, .bytes, .addresses, .unreadable: []
        }
    }

    /// Whether a value of the request fits this one.
    func fits(
        _ value: String, by comparison: ConditionOperator.Comparison,
        _ facts: RequestFacts
    ) -> Bool {
        switch self {
        case .text(let text): return text.matches(Array(value.utf8), facts)
        case .foldedText(let text):
            return text.matches(Array(value.lowercased().utf8), facts)
        case .arn(let parts):
            let given = ARNParts.split(value)
            return given.count == parts.count
                && zip(parts, given).allSatisfy { $0.matches(Array($1.utf8), facts) }
        case .number(let bound):
            return Double(value).map { Self.compare($0, bound, comparison) } ?? false
        case .date(let bound):
            return Instant(policyDate: value).map { Self.compare($0, bound, comparison) }
                ?? false
        case .truth(let truth): return Bool(value.lowercased()) == truth
        case .bytes(let bytes): return Base64.decode(value.utf8) == bytes
        case .addresses(let range): return IPAddress(value).map(range.contains) ?? false
        case .unreadable: return false
        }
    }

    private static func compare<Value: Comparable>(
        _ value: Value, _ bound: Value, _ comparison: ConditionOperator.Comparison
    ) -> Bool {
        switch comparison {
        case .numericEquals, .dateEquals: value == bound
        case .numericLessThan, .dateLessThan: value < bound
        case .numericLessThanEquals, .dateLessThanEquals: value <= bound
        case .numericGreaterThan, .dateGreaterThan: value > bound
        case .numericGreaterThanEquals, .dateGreaterThanEquals: value >= bound
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .bool, .binaryEquals, .ipAddress,
            .arnLike, .null:
            preconditionFailure("\(comparison) has no order")
        }
    }
}
