/// The parameters of requests that hold expressions, by their names in messages.
enum ExpressionKind: String, Sendable {
    case condition = "ConditionExpression"
    case filter = "FilterExpression"
    case keyCondition = "KeyConditionExpression"
    case projection = "ProjectionExpression"
    case update = "UpdateExpression"

    /// Whether such an expression may name values.
    var hasValues: Bool { self != .projection }

    /// What is wrong with an expression, introduced by its kind.
    func problem(_ message: String) -> ExpressionProblem {
        ExpressionProblem(message: "Invalid \(rawValue): \(message)")
    }
}

/// What is wrong with an expression, or with the placeholders of a request's expressions.
struct ExpressionProblem: Error, Hashable {
    let message: String
}
