import DynamoDBValues

extension PartiQLParser {
    /// What stands in parentheses may turn out to be a condition or an operand.
    private enum Part {
        case condition(ConditionExpression)
        case operand(Operand)
    }

    private static let ordered: Set<AttributeType> = [.string, .number, .binary]

    /// Reads a condition.
    ///
    /// - Throws: `ExpressionProblem`.
    mutating func condition() throws(ExpressionProblem) -> ConditionExpression {
        let part = try disjunction()
        return try condition(part)
    }

    private mutating func disjunction() throws(ExpressionProblem) -> Part {
        let first = try conjunction()
        guard token.isKeyword("OR") else { return first }
        var conditions = [try condition(first)]
        while takes("OR") {
            let part = try conjunction()
            conditions.append(try condition(part))
        }
        return .condition(.or(conditions))
    }

    private mutating func conjunction() throws(ExpressionProblem) -> Part {
        let first = try negation()
        guard token.isKeyword("AND") else { return first }
        var conditions = [try condition(first)]
        while takes("AND") {
            let part = try negation()
            conditions.append(try condition(part))
        }
        return .condition(.and(conditions))
    }

    private mutating func negation() throws(ExpressionProblem) -> Part {
        guard takes("NOT") else { return try comparison() }
        return try nested { (parser) throws(ExpressionProblem) in
            let part = try parser.negation()
            return .condition(.not(try parser.condition(part)))
        }
    }

    private func condition(_ part: Part) throws(ExpressionProblem) -> ConditionExpression {
        guard case .condition(let condition) = part else { throw unexpected() }
        return condition
    }

    private mutating func comparison() throws(ExpressionProblem) -> Part {
        let part = try primary()
        guard case .operand(let left) = part else { return try truth(part) }
        if let comparator = comparator() {
            take()
            return .condition(try comparison(comparator, left, try operand()))
        }
        if takes("BETWEEN") {
            let lower = try operand()
            try expect("AND")
            let upper = try operand()
            for operand in [left, lower, upper] {
                try check.type(of: operand, for: "BETWEEN", in: Self.ordered)
            }
            try check.bounds(lower, upper)
            return .condition(.between(left, lower: lower, upper: upper))
        }
        if takes("NOT") {
            try expect("IN")
            return .condition(.not(.membership(left, try members())))
        }
        if takes("IN") { return .condition(.membership(left, try members())) }
        if takes("IS") { return .condition(try typeTest(left)) }
        return part
    }

    /// A condition may be compared with a truth value.
    private mutating func truth(_ part: Part) throws(ExpressionProblem) -> Part {
        guard case .condition(let condition) = part, token.isSign("=") || token.isSign("<>"),
            following.isKeyword("TRUE") || following.isKeyword("FALSE")
        else { return part }
        let isEqual = take().text == "="
        let isTrue = take().isKeyword("TRUE")
        return .condition(isEqual == isTrue ? condition : .not(condition))
    }

    private func comparator() -> ConditionExpression.Comparator? {
        guard token.kind == .sign else { return nil }
        return .init(rawValue: token.text == "!=" ? "<>" : token.text)
    }

    private func comparison(
        _ comparator: ConditionExpression.Comparator, _ left: Operand, _ right: Operand
    ) throws(ExpressionProblem) -> ConditionExpression {
        if comparator != .equal, comparator != .notEqual {
            for operand in [left, right] {
                try check.type(of: operand, for: comparator.rawValue, in: Self.ordered)
            }
        }
        return .comparison(comparator, left, right)
    }

    /// Reads the members of `IN`, in brackets or parentheses.
    private mutating func members() throws(ExpressionProblem) -> [Operand] {
        let end = takes(sign: "[") ? "]" : ")"
        if end == ")" { try expect(sign: "(") }
        var members: [Operand] = []
        repeat { members.append(try operand()) } while takes(sign: ",")
        try expect(sign: end)
        return members
    }

    /// Reads what follows `IS`.
    private mutating func typeTest(
        _ operand: Operand
    ) throws(ExpressionProblem) -> ConditionExpression {
        let isNegated = takes("NOT")
        let types: [String: AttributeType] = [
            "NULL": .null, "STRING": .string, "NUMBER": .number, "BINARY": .binary,
            "BOOL": .boolean, "BOOLEAN": .boolean, "LIST": .list, "MAP": .map,
            "STRING_SET": .stringSet, "NUMBER_SET": .numberSet, "BINARY_SET": .binarySet,
            "S": .string, "N": .number, "B": .binary, "L": .list, "M": .map, "SS": .stringSet,
            "NS": .numberSet, "BS": .binarySet,
        ]
        let token = take()
        let test: ConditionExpression
        if token.isKeyword("MISSING") {
            guard case .path(let path) = operand else { throw check.noPath("IS MISSING") }
            test = .not(.exists(path))
        } else if token.kind == .word, let type = types[token.text.uppercased()] {
            test = .hasType(operand, type)
        } else {
            throw PartiQLProblem.notWellFormed("Unexpected term")
        }
        return isNegated ? .not(test) : test
    }

    // MARK: - Operands

    private mutating func primary() throws(ExpressionProblem) -> Part {
        if takes(sign: "(") {
            let part = try nested { (parser) throws(ExpressionProblem) in
                try parser.disjunction()
            }
            try expect(sign: ")")
            return part
        }
        guard token.kind == .word, following.isSign("(") else { return .operand(try simple()) }
        return try nested { (parser) throws(ExpressionProblem) in try parser.function() }
    }

    private mutating func operand() throws(ExpressionProblem) -> Operand {
        guard case .operand(let operand) = try primary() else { throw unexpected() }
        return operand
    }

    /// Reads a path, a literal or a parameter.
    private mutating func simple() throws(ExpressionProblem) -> Operand {
        switch token.kind {
        case .name: return .path(try path())
        case .word where !["TRUE", "FALSE", "NULL"].contains(token.text.uppercased()):
            return .path(try path())
        default: return .value(try value(in: []))
        }
    }

    private mutating func function() throws(ExpressionProblem) -> Part {
        let start = take()
        take()
        let name = start.text.lowercased()
        let counts = [
            "attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2,
            "begins_with": 2, "contains": 2, "size": 1,
        ]
        guard let count = counts[name] else {
            throw ExpressionProblem(
                message: "Unrecognized function: \(name) at \(start.position)")
        }
        var operands: [Operand] = []
        if !takes(sign: ")") {
            repeat { operands.append(try operand()) } while takes(sign: ",")
            try expect(sign: ")")
        }
        try check.count(operands.count, of: name, expected: count)
        switch name {
        case "size":
            try check.type(
                of: operands[0], for: "size",
                in: [.string, .binary, .list, .map, .stringSet, .numberSet, .binarySet])
            return .operand(.size(operands[0]))
        case "begins_with":
            for operand in operands {
                try check.type(of: operand, for: name, in: [.string, .binary])
            }
            return .condition(.beginsWith(operands[0], operands[1]))
        case "contains": return .condition(.contains(operands[0], operands[1]))
        case "attribute_type":
            return .condition(.hasType(operands[0], try check.attributeType(operands[1])))
        default:
            guard case .path(let path) = operands[0] else { throw check.noPath(name) }
            return .condition(name == "attribute_exists" ? .exists(path) : .not(.exists(path)))
        }
    }
}
