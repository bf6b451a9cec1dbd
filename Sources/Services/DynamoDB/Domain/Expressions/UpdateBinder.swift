import DynamoDBValues

/// Makes updates of their syntax: replaces placeholders and checks operands, in the order in which they are written.
struct UpdateBinder {
    private static let kind = ExpressionKind.update

    var placeholders: Placeholders
    private let check = OperandCheck(kind: kind)

    init(_ placeholders: Placeholders) { self.placeholders = placeholders }

    /// The update that `clauses` are.
    ///
    /// - Throws: `ExpressionProblem`.
    mutating func update(
        _ clauses: [UpdateSyntax]
    ) throws(ExpressionProblem) -> UpdateExpression {
        var actions: [UpdateExpression.Action] = []
        for clause in clauses {
            for action in clause.actions {
                actions.append(try self.action(action, in: clause.section))
            }
        }
        try DocumentPath.check(actions.map(\.path), in: Self.kind)
        return UpdateExpression(actions: actions)
    }

    private mutating func action(
        _ action: UpdateSyntax.Action, in section: UpdateSyntax.Section
    ) throws(ExpressionProblem) -> UpdateExpression.Action {
        let path = try placeholders.path(action.path, in: Self.kind)
        guard let syntax = action.operand else { return .remove(path) }
        let operand = try operand(syntax)
        guard section != .set else { return .set(path, operand) }
        guard case .value(let value) = operand else {
            preconditionFailure("the parser takes values alone")
        }
        let sets: Set<AttributeType> = [.stringSet, .numberSet, .binarySet]
        switch section {
        case .add:
            try check(value, of: section, in: sets.union([.number]))
            return .add(path, value)
        default:
            try check(value, of: section, in: sets)
            return .delete(path, value)
        }
    }

    private func check(
        _ value: AttributeValue, of section: UpdateSyntax.Section, in types: Set<AttributeType>
    ) throws(ExpressionProblem) {
        guard !types.contains(value.type) else { return }
        throw Self.kind.problem(
            "Incorrect operand type for operator or function; operator: \(section.rawValue), "
                + "operand type: \(value.type.longName), typeSet: ALLOWED_FOR_\(section.rawValue)_OPERAND"
        )
    }

    // MARK: - Operands

    private mutating func operand(
        _ syntax: OperandSyntax
    ) throws(ExpressionProblem) -> UpdateOperand {
        switch syntax {
        case .path(let path): return .path(try placeholders.path(path, in: Self.kind))
        case .value(let placeholder):
            return .value(try placeholders.value(placeholder, in: Self.kind))
        case .function(let name, let operands): return try function(name, operands)
        case .arithmetic(let sign, let left, let right):
            let operands = [try operand(left), try operand(right)]
            for operand in operands { try check(operand, for: sign, is: .number) }
            return sign == "+"
                ? .sum(operands[0], operands[1]) : .difference(operands[0], operands[1])
        }
    }

    private mutating func function(
        _ name: Substring, _ syntax: [OperandSyntax]
    ) throws(ExpressionProblem) -> UpdateOperand {
        guard name == "if_not_exists" || name == "list_append" else {
            let isCondition = [
                "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with",
                "contains", "size",
            ].contains(name)
            throw Self.kind.problem(
                isCondition
                    ? "The function is not allowed in an update expression; function: \(name)"
                    : "Invalid function name; function: \(name)")
        }
        try check.count(syntax.count, of: String(name), expected: 2)
        let operands = [try operand(syntax[0]), try operand(syntax[1])]
        if name == "list_append" {
            for operand in operands { try check(operand, for: name, is: .list) }
            return .listAppend(operands[0], operands[1])
        }
        guard case .path(let path) = operands[0] else { throw check.noPath(String(name)) }
        return .ifNotExists(path, operands[1])
    }

    private func check(
        _ operand: UpdateOperand, for function: Substring, is type: AttributeType
    ) throws(ExpressionProblem) {
        guard let known = operand.type, known != type else { return }
        throw check.wrongType(String(function), known.rawValue)
    }
}

extension UpdateOperand {
    /// The type that the operand has whatever the item is; `nil` where that depends.
    fileprivate var type: AttributeType? {
        switch self {
        case .value(let value): value.type
        case .path: nil
        case .ifNotExists(_, let fallback): fallback.type
        case .listAppend: .list
        case .sum, .difference: .number
        }
    }
}

extension AttributeType {
    /// The type's name in messages about updates.
    fileprivate var longName: String {
        switch self {
        case .string: "STRING"
        case .number: "NUMBER"
        case .binary: "BINARY"
        case .boolean: "BOOLEAN"
        case .null: "NULL"
        case .list: "LIST"
        case .map: "MAP"
        case .stringSet: "STRING_SET"
        case .numberSet: "NUMBER_SET"
        case .binarySet: "BINARY_SET"
        }
    }
}
