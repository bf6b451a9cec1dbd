import LambdaModel
import ServiceKit
import Wire

/// The errors that several operations give.
enum LambdaRefusal {
    /// 404: there is no such function or version.
    static func functionNotFound(_ arn: String) -> AWSError {
        LambdaError.resourceNotFoundException.user("Function not found: \(arn)")
    }

    /// 404: the function has nothing of the kind.
    static let resourceNotFound = LambdaError.resourceNotFoundException.user(
        "The resource you requested does not exist.")

    /// 400 `InvalidParameterValueException`.
    static func invalidParameter(_ message: String) -> AWSError {
        LambdaError.invalidParameterValueException.user(message)
    }

    /// 400 `ValidationException`, in the words of the model's constraints.
    static func validation(_ value: String, at member: String, _ constraint: String) -> AWSError {
        AWSError(
            "ValidationException",
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy "
                + "constraint: \(constraint)")
    }

    /// 400 `InvalidParameterValueException`, where a runtime that there is not is all that is wrong.
    static func unknownRuntime(_ violations: [ConstraintViolation]) -> AWSError? {
        guard let runtime = violations.first, violations.allSatisfy({ $0.path == "runtime" }) else {
            return nil
        }
        return invalidParameter(
            "Value \(runtime.value ?? "") at 'runtime' failed to satisfy constraint: "
                + "\(runtime.constraint) or be a valid ARN")
    }

    /// 412: somebody else has changed the function since.
    static let revisionMismatch = LambdaError.preconditionFailedException.user(
        "The Revision Id provided does not match the latest Revision Id. Call the "
            + "GetFunction/GetAlias API to retrieve the latest Revision Id")

    /// 429: too many invocations at a time.
    ///
    /// - Parameter isReserved: whether it is the function's own part that is used up.
    static func throttled(isReserved: Bool = false) -> AWSError {
        LambdaError.tooManyRequestsException.user(
            "Rate Exceeded.",
            [
                "Reason": isReserved
                    ? "ReservedFunctionConcurrentInvocationLimitExceeded"
                    : "ConcurrentInvocationLimitExceeded"
            ])
    }

    /// 400: an event has come round to the same function too often.
    static let recursion = LambdaError.recursiveInvocationException.user(
        "Lambda has detected your function being invoked in a recursive loop with other AWS "
            + "resources and stopped your function's invocation.")

    /// 501: Lambda has this and Apus does not serve it.
    static func notServed(_ feature: String) -> AWSError {
        CommonError.notServed(operation: feature, service: "Lambda")
    }
}
