extension ExpressionParser {
    /// Reads a whole update.
    ///
    /// - Throws: `ExpressionProblem`.
    static func update(_ text: String) throws(ExpressionProblem) -> [UpdateSyntax] {
        var parser = try ExpressionParser(.update, text)
        var clauses: [UpdateSyntax] = []
        repeat { clauses.append(try parser.clause()) } while parser.token.kind != .end
        try parser.finish()
        var seen: Set<UpdateSyntax.Section> = []
        for clause in clauses where !seen.insert(clause.section).inserted {
            throw ExpressionKind.update.problem(
                "The \"\(clause.section.rawValue)\" section can only be used once in an update expression;"
            )
        }
        return clauses
    }

    private mutating func clause() throws(ExpressionProblem) -> UpdateSyntax {
        let word = token.kind == .word ? token.text.uppercased() : ""
        guard let section = UpdateSyntax.Section(rawValue: word) else { throw unexpected() }
        take()
        var actions = [try action(of: section)]
        while takes(sign: ",") { actions.append(try action(of: section)) }
        return UpdateSyntax(section: section, actions: actions)
    }

    private mutating func action(
        of section: UpdateSyntax.Section
    ) throws(ExpressionProblem) -> UpdateSyntax.Action {
        let path = try path()
        switch section {
        case .set:
            try expect(sign: "=")
            return .init(path: path, operand: try sum())
        case .remove: return .init(path: path, operand: nil)
        case .add, .delete:
            guard token.kind == .value else { throw unexpected() }
            return .init(path: path, operand: .value(take().text))
        }
    }

    /// Reads an operand, or the sum or difference of two.
    private mutating func sum() throws(ExpressionProblem) -> OperandSyntax {
        let left = try term()
        guard token.isSign("+") || token.isSign("-") else { return left }
        if case .arithmetic = left { throw unexpected() }
        countOperator()
        let sign = take().text
        let right = try term()
        if case .arithmetic = right { throw unexpected() }
        return .arithmetic(sign, left, right)
    }

    private mutating func term() throws(ExpressionProblem) -> OperandSyntax {
        guard takes(sign: "(") else { return try operand() }
        let isEnclosed = token.isSign("(")
        let inner = try nested { (parser) throws(ExpressionProblem) in try parser.sum() }
        try expect(sign: ")")
        if isEnclosed, !isArithmetic(inner) { noteRedundantParentheses() }
        return inner
    }

    private func isArithmetic(_ operand: OperandSyntax) -> Bool {
        if case .arithmetic = operand { true } else { false }
    }
}
