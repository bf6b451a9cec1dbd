import DynamoDBValues

/// What a query's key condition says of one attribute.
struct KeyClause: Hashable, Sendable {
    enum Operator: Hashable, Sendable {
        case equal
        case less
        case lessOrEqual
        case greater
        case greaterOrEqual
        /// Two values, both of which are in the range.
        case between
        case beginsWith
    }

    let attribute: String
    let test: Operator
    let values: [AttributeValue]
}

extension ConditionBinder {
    /// The clauses that a key condition's syntax is.
    ///
    /// - Throws: `ExpressionProblem`.
    mutating func keyClauses(
        _ syntax: ConditionSyntax
    ) throws(ExpressionProblem) -> [KeyClause] {
        var clauses: [KeyClause] = []
        try gather(syntax, into: &clauses)
        guard Set(clauses.map(\.attribute)).count == clauses.count else {
            throw kind.problem(
                "KeyConditionExpressions must only contain one condition per key")
        }
        return clauses
    }

    private mutating func gather(
        _ syntax: ConditionSyntax, into clauses: inout [KeyClause]
    ) throws(ExpressionProblem) {
        switch syntax {
        case .and(let left, let right):
            try gather(left, into: &clauses)
            try gather(right, into: &clauses)
        case .or: throw invalidOperator("OR")
        case .not: throw invalidOperator("NOT")
        case .membership: throw invalidOperator("IN")
        case .comparison("<>", _, _): throw invalidOperator("<>")
        case .function(let name, _) where name != "begins_with" && Self.isCondition(name):
            throw invalidOperator(name)
        case .comparison, .between, .function:
            clauses.append(try keyClause(try condition(syntax)))
        }
    }

    private static func isCondition(_ function: Substring) -> Bool {
        ["attribute_exists", "attribute_not_exists", "attribute_type", "contains"]
            .contains(function)
    }

    private func invalidOperator(_ name: some StringProtocol) -> ExpressionProblem {
        kind.problem("Invalid operator used in KeyConditionExpression: \(name)")
    }

    private func keyClause(
        _ condition: ConditionExpression
    ) throws(ExpressionProblem) -> KeyClause {
        switch condition {
        case .comparison(let comparator, .path(let path), let value):
            return try clause(path, Self.test(comparator), [value])
        case .comparison(let comparator, let value, .path(let path)):
            return try clause(path, Self.test(comparator.reversed), [value])
        case .between(.path(let path), let lower, let upper):
            return try clause(path, .between, [lower, upper])
        case .beginsWith(.path(let path), let prefix):
            return try clause(path, .beginsWith, [prefix])
        default:
            let hasFunction = condition.operands.contains {
                if case .size = $0 { true } else { false }
            }
            throw kind.problem(
                hasFunction
                    ? "KeyConditionExpressions cannot contain nested operations"
                    : "Invalid condition in KeyConditionExpression: No key attribute specified")
        }
    }

    private func clause(
        _ path: DocumentPath, _ test: KeyClause.Operator, _ operands: [Operand]
    ) throws(ExpressionProblem) -> KeyClause {
        var values: [AttributeValue] = []
        for operand in operands {
            switch operand {
            case .value(let value): values.append(value)
            case .size:
                throw kind.problem("KeyConditionExpressions cannot contain nested operations")
            case .path:
                throw kind.problem(
                    "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"
                )
            }
        }
        guard path.steps.isEmpty else {
            throw kind.problem(
                "KeyConditionExpressions cannot have conditions on nested attributes")
        }
        return KeyClause(attribute: path.root, test: test, values: values)
    }

    private static func test(_ comparator: ConditionExpression.Comparator) -> KeyClause.Operator {
        switch comparator {
        case .equal: .equal
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .notEqual: preconditionFailure("inequalities are no key conditions")
        }
    }
}

extension ConditionExpression {
    fileprivate var operands: [Operand] {
        switch self {
        case .comparison(_, let left, let right), .beginsWith(let left, let right): [left, right]
        case .between(let operand, let lower, let upper): [operand, lower, upper]
        default: []
        }
    }
}
