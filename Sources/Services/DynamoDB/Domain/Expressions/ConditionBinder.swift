import DynamoDBValues

/// Makes conditions of their syntax: replaces placeholders and checks operands, in the order in which they are written.
struct ConditionBinder {
    private static let ordered: Set<AttributeType> = [.string, .number, .binary]

    let kind: ExpressionKind
    var placeholders: Placeholders
    private var check: OperandCheck { OperandCheck(kind: kind) }

    init(_ kind: ExpressionKind, _ placeholders: Placeholders) {
        self.kind = kind
        self.placeholders = placeholders
    }

    /// The condition that `syntax` is.
    ///
    /// - Throws: `ExpressionProblem`.
    mutating func condition(
        _ syntax: ConditionSyntax
    ) throws(ExpressionProblem) -> ConditionExpression {
        switch syntax {
        case .comparison(let comparator, let left, let right):
            return try comparison(comparator, left, right)
        case .between(let operand, let lower, let upper):
            let operands = try self.operands([operand, lower, upper])
            try check.distinct(operands[0], from: Array(operands[1...]), for: "BETWEEN")
            for operand in operands {
                try check.type(of: operand, for: "BETWEEN", in: Self.ordered)
            }
            try check.bounds(operands[1], operands[2])
            return .between(operands[0], lower: operands[1], upper: operands[2])
        case .membership(let operand, let members):
            guard members.count <= ExpressionLimits.membershipOperands else {
                throw kind.problem(
                    "The IN operator is provided with too many operands; number of operands: \(members.count)"
                )
            }
            let operands = try self.operands([operand] + members)
            try check.distinct(operands[0], from: Array(operands[1...]), for: "IN")
            return .membership(operands[0], Array(operands[1...]))
        case .function(let name, let operands): return try function(name, operands)
        case .and(let left, let right):
            return .and(try [condition(left), condition(right)].flatMap(\.conjuncts))
        case .or(let left, let right):
            return .or(try [condition(left), condition(right)].flatMap(\.disjuncts))
        case .not(let negated): return .not(try condition(negated))
        }
    }

    private mutating func comparison(
        _ sign: Substring, _ left: OperandSyntax, _ right: OperandSyntax
    ) throws(ExpressionProblem) -> ConditionExpression {
        let operands = try self.operands([left, right])
        guard let comparator = ConditionExpression.Comparator(rawValue: String(sign)) else {
            preconditionFailure("the parser takes comparators alone")
        }
        try check.distinct(operands[0], from: [operands[1]], for: comparator.rawValue)
        if comparator != .equal, comparator != .notEqual {
            for operand in operands {
                try check.type(of: operand, for: comparator.rawValue, in: Self.ordered)
            }
        }
        return .comparison(comparator, operands[0], operands[1])
    }

    // MARK: - Functions

    private mutating func function(
        _ name: Substring, _ syntax: [OperandSyntax]
    ) throws(ExpressionProblem) -> ConditionExpression {
        let counts: [Substring: Int] = [
            "attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2,
            "begins_with": 2, "contains": 2, "size": 1,
        ]
        guard let count = counts[name] else {
            throw kind.problem("Invalid function name; function: \(name)")
        }
        guard name != "size" else { throw check.misused(name) }
        try check.count(syntax.count, of: String(name), expected: count)
        let operands = try self.operands(syntax)
        if count == 2 {
            try check.distinct(operands[0], from: [operands[1]], for: String(name))
        }
        switch name {
        case "attribute_type": return .hasType(operands[0], try check.attributeType(operands[1]))
        case "begins_with":
            for operand in operands {
                try check.type(of: operand, for: "begins_with", in: [.string, .binary])
            }
            return .beginsWith(operands[0], operands[1])
        case "contains":
            try check.type(
                of: operands[0], for: "contains",
                in: [.string, .binary, .list, .stringSet, .numberSet, .binarySet])
            return .contains(operands[0], operands[1])
        default:
            guard case .path(let path) = operands[0] else { throw check.noPath(String(name)) }
            return name == "attribute_exists" ? .exists(path) : .not(.exists(path))
        }
    }

    private mutating func operands(
        _ syntax: [OperandSyntax]
    ) throws(ExpressionProblem) -> [Operand] {
        var operands: [Operand] = []
        for operand in syntax { operands.append(try self.operand(operand)) }
        return operands
    }

    /// The operand that `syntax` is; the one function that has a value is `size`.
    mutating func operand(_ syntax: OperandSyntax) throws(ExpressionProblem) -> Operand {
        switch syntax {
        case .path(let path): return .path(try placeholders.path(path, in: kind))
        case .value(let placeholder):
            return .value(try placeholders.value(placeholder, in: kind))
        case .function("size", let arguments):
            try check.count(arguments.count, of: "size", expected: 1)
            let operand = try operand(arguments[0])
            try check.type(
                of: operand, for: "size",
                in: [.string, .binary, .list, .map, .stringSet, .numberSet, .binarySet])
            return .size(operand)
        case .function(let name, _):
            let isKnown = [
                "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with",
                "contains",
            ].contains(name)
            throw isKnown
                ? check.misused(name) : kind.problem("Invalid function name; function: \(name)")
        case .arithmetic: preconditionFailure("conditions have no arithmetic")
        }
    }
}

extension ConditionExpression {
    fileprivate var conjuncts: [ConditionExpression] {
        if case .and(let conditions) = self { conditions } else { [self] }
    }

    fileprivate var disjuncts: [ConditionExpression] {
        if case .or(let conditions) = self { conditions } else { [self] }
    }
}
