/// An operator of conditions, such as `ForAnyValue:StringNotLikeIfExists`, taken apart.
///
/// Source: "IAM JSON policy elements: Condition operators" in the IAM User Guide.
struct ConditionOperator: Sendable {
    /// How values of the request and values of the policy are compared.
    enum Comparison: String, Sendable {
        case stringEquals = "stringequals"
        case stringEqualsIgnoreCase = "stringequalsignorecase"
        case stringLike = "stringlike"
        case numericEquals = "numericequals"
        case numericLessThan = "numericlessthan"
        case numericLessThanEquals = "numericlessthanequals"
        case numericGreaterThan = "numericgreaterthan"
        case numericGreaterThanEquals = "numericgreaterthanequals"
        case dateEquals = "dateequals"
        case dateLessThan = "datelessthan"
        case dateLessThanEquals = "datelessthanequals"
        case dateGreaterThan = "dategreaterthan"
        case dateGreaterThanEquals = "dategreaterthanequals"
        case bool = "bool"
        case binaryEquals = "binaryequals"
        case ipAddress = "ipaddress"
        case arnLike = "arnlike"
        case null = "null"
    }

    /// Which of several values of the request have to fit.
    enum Quantifier: Sendable {
        case all
        case any
    }

    private static let negated: [String: Comparison] = [
        "stringnotequals": .stringEquals, "stringnotequalsignorecase": .stringEqualsIgnoreCase,
        "stringnotlike": .stringLike, "numericnotequals": .numericEquals,
        "datenotequals": .dateEquals, "notipaddress": .ipAddress, "arnnotequals": .arnLike,
        "arnnotlike": .arnLike,
    ]
    private static let ifExists = "ifexists"

    let comparison: Comparison
    let isNegated: Bool
    /// Holds where the request does not have the key.
    let holdsWithoutKey: Bool
    let quantifier: Quantifier?

    /// Reads an operator's name, in any case; `nil` where there is none of that name.
    init?(_ name: String) {
        var name = name.lowercased()
        if name.hasPrefix("forallvalues:") {
            quantifier = .all
            name.removeFirst("forallvalues:".count)
        } else if name.hasPrefix("foranyvalue:") {
            quantifier = .any
            name.removeFirst("foranyvalue:".count)
        } else {
            quantifier = nil
        }
        holdsWithoutKey = name.hasSuffix(Self.ifExists)
        if holdsWithoutKey { name.removeLast(Self.ifExists.count) }
        // `ArnEquals` and `ArnLike` are the same.
        if name == "arnequals" { name = "arnlike" }
        if let comparison = Comparison(rawValue: name) {
            self.comparison = comparison
            isNegated = false
        } else if let comparison = Self.negated[name] {
            self.comparison = comparison
            isNegated = true
        } else {
            return nil
        }
        // Whether there is a key cannot depend on whether there is.
        if comparison == .null, holdsWithoutKey { return nil }
    }
}
