/// How a protocol or a service reports violated constraints.
package struct ValidationStyle: Sendable {
    /// Makes the error for violations, of which there is at least one.
    package let error: @Sendable ([ConstraintViolation]) -> AWSError

    /// Makes a style from the function that makes its errors.
    package init(error: @escaping @Sendable ([ConstraintViolation]) -> AWSError) {
        self.error = error
    }

    /// The common sentence under `code`: `1 validation error detected: Value … failed to satisfy
    /// constraint: …`.
    package init(code: String) {
        self.init { violations in AWSError(code, Self.message(violations)) }
    }

    /// The code of the JSON, REST and CBOR protocols.
    package static let validationException = ValidationStyle(code: "ValidationException")
    /// The code of the query protocols.
    package static let validationError = ValidationStyle(code: "ValidationError")

    /// The common sentence.
    package static func message(_ violations: [ConstraintViolation]) -> String {
        let count = violations.count
        let sentences = violations.map(\.text).joined(separator: "; ")
        return "\(count) validation error\(count == 1 ? "" : "s") detected: \(sentences)"
    }
}
