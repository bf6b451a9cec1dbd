package import Wire

/// One operation of a service: a type of the operation's name, in a file of the operation's name.
///
///     struct GetFunction: OperationHandler {
///         static let operation = LambdaAPI.getFunction
///         let functions: FunctionStore
///         func access(for input: GetFunctionRequest, in context: RequestContext) -> [AccessRequest] { … }
///         func handle(_ input: GetFunctionRequest, in context: RequestContext) async throws -> GetFunctionResponse { … }
///     }
package protocol OperationHandler: Sendable {
    associatedtype Input: Structure
    associatedtype Output: Structure

    /// The operation that this handles.
    static var operation: Operation<Input, Output> { get }

    /// The bytes that a request may have, where the operation does not stream its input; 413 beyond.
    static var requestLimitBytes: Int { get }

    /// The error for an input that violates constraints of the model, where AWS gives another than the protocol's own,
    /// which is the answer to `nil`.
    static func error(for violations: [ConstraintViolation]) -> AWSError?

    /// What the caller must be allowed to do: the IAM actions, the resources and the condition keys of this call.
    func access(for input: Input, in context: RequestContext) async throws -> [AccessRequest]

    /// Does it. The input has passed the model's constraints, and the caller is allowed to.
    ///
    /// - Throws: `AWSError`.
    func handle(_ input: Input, in context: RequestContext) async throws -> Output
}

extension OperationHandler {
    /// What Lambda takes (6 MB, and 100 bytes of slack). AWS's other APIs take less but for those that say so.
    /// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
    package static var requestLimitBytes: Int { 6 * 1024 * 1024 + 100 }

    /// Leaves the error to the protocol.
    package static func error(for violations: [ConstraintViolation]) -> AWSError? { nil }
}
