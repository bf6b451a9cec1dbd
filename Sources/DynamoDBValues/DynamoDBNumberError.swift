/// Why a text or a sum is no number of DynamoDB.
package enum DynamoDBNumberError: Error, Sendable, Hashable {
    /// The text is no decimal number.
    case notNumeric(String)
    /// The number is too far from zero.
    case overflow
    /// The number is too close to zero.
    case underflow
    /// The number has too many significant digits.
    case precision

    /// What AWS says of it.
    package var message: String {
        switch self {
        case .notNumeric(""): "The parameter cannot be converted to a numeric value"
        case .notNumeric(let text):
            "The parameter cannot be converted to a numeric value: \(text)"
        case .overflow:
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        case .underflow:
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        case .precision: "Attempting to store more than 38 significant digits in a Number"
        }
    }
}
