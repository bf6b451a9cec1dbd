import DynamoDBValues

/// What DynamoDB says of operands before it looks at any item.
struct OperandCheck {
    /// The expression that messages name; `nil` for PartiQL's statements, which they do not.
    let kind: ExpressionKind?

    func problem(_ message: String) -> ExpressionProblem {
        kind?.problem(message) ?? ExpressionProblem(message: message)
    }

    /// Checks that an operand whose type is known has one of `types`.
    func type(
        of operand: Operand, for function: String, in types: Set<AttributeType>
    ) throws(ExpressionProblem) {
        guard let type = operand.type, !types.contains(type) else { return }
        throw wrongType(function, type.rawValue)
    }

    func wrongType(_ function: String, _ type: String) -> ExpressionProblem {
        problem(
            "Incorrect operand type for operator or function; operator or function: \(function), operand type: \(type)"
        )
    }

    func count(
        _ operands: Int, of function: String, expected: Int
    ) throws(ExpressionProblem) {
        guard operands != expected else { return }
        throw problem(
            "Incorrect number of operands for operator or function; operator or function: \(function), number of operands: \(operands)"
        )
    }

    func noPath(_ function: String) -> ExpressionProblem {
        problem(
            "Operator or function requires a document path; operator or function: \(function)")
    }

    func misused(_ function: Substring) -> ExpressionProblem {
        problem(
            "The function is not allowed to be used this way in an expression; function: \(function)"
        )
    }

    /// Checks that what is compared is not compared with itself.
    func distinct(
        _ first: Operand, from others: [Operand], for function: String
    ) throws(ExpressionProblem) {
        guard case .path(let path) = first, others.contains(first) else { return }
        throw problem(
            "The first operand must be distinct from the remaining operands for this operator or function; "
                + "operator: \(function), first operand: \(path)"
        )
    }

    /// The type that the second operand of `attribute_type` names.
    func attributeType(_ operand: Operand) throws(ExpressionProblem) -> AttributeType {
        guard case .value(let value) = operand else {
            throw wrongType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}")
        }
        guard case .string(let name) = value else {
            throw wrongType("attribute_type", value.type.rawValue)
        }
        guard let type = AttributeType(rawValue: name) else {
            throw problem(
                "Invalid attribute type name found; type: \(name), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            )
        }
        return type
    }

    /// Checks the bounds of `BETWEEN`, as far as they are known.
    func bounds(_ lower: Operand, _ upper: Operand) throws(ExpressionProblem) {
        guard case .value(let low) = lower, case .value(let high) = upper else { return }
        let shown =
            "lower bound operand: AttributeValue: \(low.shown), upper bound operand: AttributeValue: \(high.shown)"
        guard low.type == high.type else {
            throw problem(
                "The BETWEEN operator requires same data type for lower and upper bounds; \(shown)")
        }
        guard AttributeValue.precedes(high, low) != true else {
            throw problem(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \(shown)"
            )
        }
    }
}

extension Operand {
    /// The type that the operand has whatever the item is; `nil` for paths.
    var type: AttributeType? {
        switch self {
        case .path: nil
        case .value(let value): value.type
        case .size: .number
        }
    }
}

extension AttributeValue {
    /// The value as messages show it: `{S:x}`.
    var shown: String { "{\(type.rawValue):\(shownContent)}" }

    private var shownContent: String {
        switch self {
        case .string(let value): value
        case .number(let value): value.text
        case .binary(let value):
            "java.nio.HeapByteBuffer[pos=0 lim=\(value.count) cap=\(value.count)]"
        case .boolean(let value): value ? "true" : "false"
        case .null: "true"
        case .list(let values): "[\(values.map(\.shown).joined(separator: ","))]"
        case .map(let map):
            "{\(map.map { "\($0.name)=\($0.value.shown)" }.joined(separator: ","))}"
        case .stringSet(let values): "[\(values.joined(separator: ","))]"
        case .numberSet(let values): "[\(values.map(\.text).joined(separator: ","))]"
        case .binarySet(let values): "[\(values.count) binaries]"
        }
    }
}
