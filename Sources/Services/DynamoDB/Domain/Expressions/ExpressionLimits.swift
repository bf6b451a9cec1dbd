/// The quotas of expressions.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-expression-parameters
enum ExpressionLimits {
    /// The greatest length of an expression, as it is sent, in bytes.
    static let bytes = 4096
    /// The greatest number of comparisons, arithmetic operators and functions in an expression.
    static let operators = 300
    /// The greatest number of operands of `IN`.
    static let membershipOperands = 100
    /// The greatest number of parts of a document path.
    static let pathParts = 32
    /// How deep parentheses and negations may nest. An expression that has so many is redundant; the bound keeps it off the stack.
    static let nesting = 150
}
