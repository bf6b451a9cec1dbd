import DynamoDBValues
import Wire

@testable import DynamoDB

/// Short ways to compile expressions in tests.
enum Compiling {
    static func condition(
        _ text: String, _ values: AttributeMap? = nil, names: [String: String]? = nil,
        kind: ExpressionKind = .condition
    ) throws -> ConditionExpression {
        var expressions = try RequestExpressions(
            .current, [kind: text], names: names, values: values.map { .init($0) })
        guard let condition = try expressions.condition(kind) else {
            preconditionFailure("a text is a condition")
        }
        try expressions.finish()
        return condition
    }

    static func keys(
        _ text: String, _ values: AttributeMap? = nil, names: [String: String]? = nil
    ) throws -> [KeyClause] {
        var expressions = try RequestExpressions(
            .current, [.keyCondition: text], names: names, values: values.map { .init($0) })
        let clauses = try expressions.keyCondition() ?? []
        try expressions.finish()
        return clauses
    }

    static func projection(
        _ text: String, names: [String: String]? = nil
    ) throws -> ProjectionExpression {
        try Expressions.projection(text, names: names) ?? ProjectionExpression(paths: [])
    }

    static func update(
        _ text: String, _ values: AttributeMap? = nil, names: [String: String]? = nil
    ) throws -> UpdateExpression {
        try Expressions.update(
            text, condition: nil, names: names, values: values.map { .init($0) }
        ).0
    }

    /// The message of the error that `body` throws.
    static func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? AWSError)?.message
        }
    }

    static func number(_ text: String) -> AttributeValue {
        guard let number = try? DynamoDBNumber(text) else {
            preconditionFailure("\(text) is no number")
        }
        return .number(number)
    }
}
