import DynamoDBValues

extension PartiQLParser {
    /// Reads the clauses of an update, in any order.
    ///
    /// - Throws: `ExpressionProblem`.
    mutating func actions() throws(ExpressionProblem) -> [UpdateExpression.Action] {
        var actions: [UpdateExpression.Action] = []
        while true {
            if takes("SET") {
                repeat { actions.append(try assignment()) } while takes(sign: ",")
            } else if takes("REMOVE") {
                repeat { actions.append(.remove(try path())) } while takes(sign: ",")
            } else if actions.isEmpty {
                throw unexpected()
            } else {
                return actions
            }
        }
    }

    private mutating func assignment() throws(ExpressionProblem) -> UpdateExpression.Action {
        let path = try path()
        try expect(sign: "=")
        if following.isSign("("), token.isKeyword("SET_ADD") || token.isKeyword("SET_DELETE") {
            return try setChange(of: path)
        }
        return .set(path, try sum())
    }

    private mutating func sum() throws(ExpressionProblem) -> UpdateOperand {
        var left = try term()
        while token.isSign("+") || token.isSign("-") {
            let isSum = take().text == "+"
            let right = try term()
            left = isSum ? .sum(left, right) : .difference(left, right)
        }
        return left
    }

    private mutating func term() throws(ExpressionProblem) -> UpdateOperand {
        if takes(sign: "(") {
            let inner = try nested { (parser) throws(ExpressionProblem) in try parser.sum() }
            try expect(sign: ")")
            return inner
        }
        if token.kind == .word, following.isSign("(") {
            return try nested { (parser) throws(ExpressionProblem) in try parser.function() }
        }
        if token.kind == .name
            || token.kind == .word
                && !["TRUE", "FALSE", "NULL"].contains(token.text.uppercased())
        {
            return .path(try path())
        }
        return .value(try value(in: []))
    }

    private mutating func function() throws(ExpressionProblem) -> UpdateOperand {
        let start = take()
        take()
        let name = start.text.lowercased()
        guard name == "list_append" || name == "if_not_exists" else {
            throw ExpressionProblem(
                message: "Unrecognized function: \(name) at \(start.position)")
        }
        var operands: [UpdateOperand] = []
        if !takes(sign: ")") {
            repeat { operands.append(try sum()) } while takes(sign: ",")
            try expect(sign: ")")
        }
        try check.count(operands.count, of: name, expected: 2)
        if name == "list_append" { return .listAppend(operands[0], operands[1]) }
        guard case .path(let path) = operands[0] else { throw check.noPath(name) }
        return .ifNotExists(path, operands[1])
    }

    /// Reads `set_add` or `set_delete`, whose first argument is what is assigned.
    private mutating func setChange(
        of path: DocumentPath
    ) throws(ExpressionProblem) -> UpdateExpression.Action {
        let start = take()
        let name = start.text.uppercased()
        take()
        let first = token.position
        var operands: [UpdateOperand] = []
        if !takes(sign: ")") {
            repeat { operands.append(try sum()) } while takes(sign: ",")
            try expect(sign: ")")
        }
        guard operands.count == 2 else {
            throw ExpressionProblem(
                message: "\(name) must have exactly two arguments at \(start.position)")
        }
        guard operands[0] == .path(path) else {
            throw ExpressionProblem(
                message:
                    "The first argument to \(name) must equal the assignment value at \(start.position)"
            )
        }
        guard case .value(let value) = operands[1],
            [.stringSet, .numberSet, .binarySet].contains(value.type)
        else {
            throw ExpressionProblem(
                message:
                    "The second argument to \(name) must be a value with type SET at \(first)")
        }
        return name == "SET_ADD" ? .add(path, value) : .delete(path, value)
    }
}
