import DynamoDBModel
import DynamoDBValues
import Wire

/// What requests say in expressions or in the legacy parameters that these replace.
enum Expressions {
    /// The parts of items that a request asks for; `nil` for all.
    ///
    /// - Parameters:
    ///   - attributes: `AttributesToGet`.
    ///   - layer: how the operation words what it refuses.
    /// - Throws: `ValidationException`.
    static func projection(
        _ projection: String?, names: [String: String]?, attributes: [String]? = nil,
        layer: ValidationLayer = .older
    ) throws -> ProjectionExpression? {
        var expressions = try RequestExpressions(
            layer, [.projection: projection], names: names,
            legacy: ["AttributesToGet": attributes != nil])
        let compiled = try expressions.projection()
        try expressions.finish()
        return try compiled ?? LegacyParameters(layer).projection(attributes)
    }

    /// What must hold for the item that a put or delete replaces; `nil` for nothing.
    ///
    /// - Throws: `ValidationException`.
    static func condition(
        _ condition: String?, names: [String: String]?, values: ExpressionAttributeValues?,
        expected: [String: ExpectedAttributeValue]? = nil, conditionalOperator: String? = nil,
        layer: ValidationLayer = .older
    ) throws -> ConditionExpression? {
        var expressions = try RequestExpressions(
            layer, [.condition: condition], names: names, values: values,
            legacy: [
                "Expected": expected != nil, "ConditionalOperator": conditionalOperator != nil,
            ])
        let legacy = try LegacyParameters(layer).expected(expected, conditionalOperator)
        let compiled = try expressions.condition()
        try expressions.finish()
        return compiled ?? legacy
    }

    /// What an update does, and what must hold for the item.
    ///
    /// - Throws: `ValidationException`.
    static func update(
        _ input: UpdateItemInput
    ) throws -> (UpdateExpression, ConditionExpression?) {
        let layer = ValidationLayer.enveloped
        var expressions = try RequestExpressions(
            layer,
            [.update: input.updateExpression, .condition: input.conditionExpression],
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            legacy: [
                "AttributeUpdates": input.attributeUpdates != nil,
                "Expected": input.expected != nil,
                "ConditionalOperator": input.conditionalOperator != nil,
            ])
        let legacy = LegacyParameters(layer)
        let updates = try legacy.update(input.attributeUpdates)
        let expected = try legacy.expected(input.expected, input.conditionalOperator)
        let update = try expressions.update() ?? updates
        let condition = try expressions.condition() ?? expected
        try expressions.finish()
        return (update, condition)
    }

    /// What the update of a transaction does, and what must hold for the item.
    ///
    /// - Throws: `ValidationException`.
    static func update(
        _ update: String, condition: String?, names: [String: String]?,
        values: ExpressionAttributeValues?
    ) throws -> (UpdateExpression, ConditionExpression?) {
        var expressions = try RequestExpressions(
            .older, [.update: update, .condition: condition], names: names, values: values)
        let compiled = try expressions.update() ?? UpdateExpression(actions: [])
        let condition = try expressions.condition()
        try expressions.finish()
        return (compiled, condition)
    }
}
