package import HTTPTypes

extension HTTPField.Name {
    // SAFETY: each is a token as RFC 9110 has it, which is all that the initializer asks for.

    /// The prefix of a service and the name of an operation, in the JSON protocols.
    package static let amzTarget = HTTPField.Name("X-Amz-Target")!
    /// The code of an error, in the JSON protocols.
    package static let amznErrorType = HTTPField.Name("x-amzn-ErrorType")!
    /// The code and fault of an error as the query protocol had them:
    /// `AWS.SimpleQueueService.NonExistentQueue;Sender`.
    package static let amznQueryError = HTTPField.Name("x-amzn-query-error")!
    /// The request's identifier.
    package static let amznRequestID = HTTPField.Name("x-amzn-RequestId")!
}
