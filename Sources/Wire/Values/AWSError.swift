package import HTTPTypes

/// An error as AWS reports it: the one type that every operation's failure becomes.
package struct AWSError: Error, Sendable {
    /// Who is at fault.
    package enum Fault: Sendable {
        case client
        case server
    }

    /// The code that clients match on: `ResourceNotFoundException`.
    package var code: String
    /// The code in the older query protocol, where it differs:
    /// `AWS.SimpleQueueService.NonExistentQueue`.
    package var queryCode: String?
    package var message: String
    /// The HTTP status.
    package var status: Int
    package var fault: Fault
    /// The error shape's further members, by their names on the wire.
    package var fields: [String: Document]
    /// The name of the member that carries the message: `message` or `Message`.
    package var messageKey: String
    /// The constraints of the model that the input violates, where that is what the error says.
    package var violations: [ConstraintViolation] = []
    /// Header fields of the answer that no member of the error's shape stands for: `Allow`, `ETag` of a 304.
    package var headers: HTTPFields = [:]

    package init(
        _ code: String, _ message: String, status: Int = 400, fault: Fault? = nil,
        queryCode: String? = nil, fields: [String: Document] = [:], messageKey: String = "message"
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.fault = fault ?? (status >= 500 ? .server : .client)
        self.queryCode = queryCode
        self.fields = fields
        self.messageKey = messageKey
    }
}

/// An error that an API model names; called with a message, it makes the error to throw:
/// `throw LambdaError.resourceNotFoundException("Function not found: …", ["Type": "User"])`.
package struct ErrorConstant: Sendable {
    package let code: String
    package let status: Int
    package let queryCode: String?
    package let messageKey: String

    package init(
        _ code: String, status: Int = 400, queryCode: String? = nil, messageKey: String = "message"
    ) {
        self.code = code
        self.status = status
        self.queryCode = queryCode
        self.messageKey = messageKey
    }

    /// Makes the error, with the further members that its shape has.
    package func callAsFunction(_ message: String, _ fields: [String: Document] = [:]) -> AWSError {
        AWSError(
            code, message, status: status, queryCode: queryCode, fields: fields,
            messageKey: messageKey)
    }
}
