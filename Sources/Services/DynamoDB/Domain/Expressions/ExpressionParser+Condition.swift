extension ExpressionParser {
    /// What stands in parentheses may turn out to be a condition or an operand.
    private struct Part {
        enum Content {
            case condition(ConditionSyntax)
            case operand(OperandSyntax)
        }

        let content: Content
        /// Whether it is parentheses and what they enclose, and nothing beside.
        var isEnclosed = false

        static func condition(_ condition: ConditionSyntax) -> Part {
            Part(content: .condition(condition))
        }
    }

    private static let comparators: Set<Substring> = ["=", "<>", "<", "<=", ">", ">="]

    /// Reads a whole condition.
    ///
    /// - Throws: `ExpressionProblem`.
    static func condition(
        _ kind: ExpressionKind, _ text: String
    ) throws(ExpressionProblem) -> ConditionSyntax {
        var parser = try ExpressionParser(kind, text)
        let part = try parser.disjunction()
        let condition = try parser.condition(part)
        try parser.finish()
        return condition
    }

    private mutating func disjunction() throws(ExpressionProblem) -> Part {
        var left = try conjunction()
        while token.isKeyword("OR") {
            let condition = try condition(left)
            take()
            let part = try conjunction()
            left = .condition(.or(condition, try self.condition(part)))
        }
        return left
    }

    private mutating func conjunction() throws(ExpressionProblem) -> Part {
        var left = try negation()
        while token.isKeyword("AND") {
            let condition = try condition(left)
            take()
            let part = try negation()
            left = .condition(.and(condition, try self.condition(part)))
        }
        return left
    }

    private mutating func negation() throws(ExpressionProblem) -> Part {
        guard token.isKeyword("NOT") else { return try comparison() }
        take()
        return try nested { (parser) throws(ExpressionProblem) in
            let part = try parser.negation()
            return .condition(.not(try parser.condition(part)))
        }
    }

    /// Reads a comparison, or what stands in parentheses or alone.
    private mutating func comparison() throws(ExpressionProblem) -> Part {
        let part = try primary()
        guard case .operand(let left) = part.content else { return part }
        if token.kind == .sign, Self.comparators.contains(token.text) {
            countOperator()
            let comparator = take().text
            return .condition(.comparison(comparator, left, try enclosedOperand()))
        }
        if takes(keyword: "BETWEEN") {
            countOperator()
            let lower = try enclosedOperand()
            try expect(keyword: "AND")
            return .condition(.between(left, lower, try enclosedOperand()))
        }
        if takes(keyword: "IN") {
            countOperator()
            try expect(sign: "(")
            return .condition(.membership(left, try operands()))
        }
        return part
    }

    private mutating func primary() throws(ExpressionProblem) -> Part {
        guard takes(sign: "(") else { return Part(content: .operand(try operand())) }
        let part = try nested { (parser) throws(ExpressionProblem) in try parser.disjunction() }
        try expect(sign: ")")
        if part.isEnclosed { noteRedundantParentheses() }
        return Part(content: part.content, isEnclosed: true)
    }

    /// Reads an operand that may stand in parentheses.
    private mutating func enclosedOperand() throws(ExpressionProblem) -> OperandSyntax {
        guard takes(sign: "(") else { return try operand() }
        if token.isSign("(") { noteRedundantParentheses() }
        let operand = try nested { (parser) throws(ExpressionProblem) in
            try parser.enclosedOperand()
        }
        try expect(sign: ")")
        return operand
    }

    /// The condition that a part is; an operand alone is none, but for a function.
    private func condition(_ part: Part) throws(ExpressionProblem) -> ConditionSyntax {
        switch part.content {
        case .condition(let condition): return condition
        case .operand(.function(let name, let operands)): return .function(name, operands)
        case .operand: throw unexpected()
        }
    }
}
