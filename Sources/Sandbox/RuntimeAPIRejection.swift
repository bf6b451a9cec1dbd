/// Why the Lambda Runtime API refuses a call of a runtime.
package enum RuntimeAPIRejection: Error, Sendable, Equatable {
    /// The request is not the one that the runtime works on.
    case invalidRequestID
    /// The call does not fit what the runtime did before.
    case invalidStateTransition
    /// The answer is larger than Lambda takes.
    case responseTooLarge

    /// The HTTP status.
    package var status: Int {
        switch self {
        case .invalidRequestID: 400
        case .invalidStateTransition: 403
        case .responseTooLarge: 413
        }
    }

    /// The document that the runtime is answered with.
    package var body: String {
        switch self {
        case .invalidRequestID:
            #"{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"#
        case .invalidStateTransition:
            #"{"errorMessage":"State transition is not allowed","errorType":"InvalidStateTransition"}"#
        case .responseTooLarge:
            """
            {"errorMessage":"Exceeded maximum allowed payload size (\(SandboxLimits.responseBytes) bytes).",\
            "errorType":"RequestEntityTooLarge"}
            """
        }
    }
}
