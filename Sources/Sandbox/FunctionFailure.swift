/// How an event failed: the error's type, the document that the caller gets, and what Lambda writes to the
/// log about it.
package struct FunctionFailure: Sendable, Equatable {
    /// How the REPORT line calls the failure.
    package enum Status: Sendable, Equatable {
        /// The function's own error, which the line does not mention.
        case handled
        case error
        case timeout
    }

    package var errorType: String
    /// The error as JSON.
    package var payload: [UInt8]
    package var status: Status
    /// What the platform logs before END; the time of day comes before the timeout's message.
    package var logMessage: String?

    package init(
        errorType: String, payload: [UInt8], status: Status = .handled, logMessage: String? = nil
    ) {
        self.errorType = errorType
        self.payload = payload
        self.status = status
        self.logMessage = logMessage
    }

    /// The event took longer than the function's timeout.
    package static func timedOut(requestID: String, after timeout: Duration) -> FunctionFailure {
        let message = "Task timed out after \(timeout.seconds(decimals: 2)) seconds"
        return FunctionFailure(
            errorType: "Sandbox.Timedout",
            payload: document("Sandbox.Timedout", "RequestId: \(requestID) Error: \(message)"),
            status: .timeout, logMessage: "\(requestID) \(message)")
    }

    /// The runtime's process ended before it answered.
    package static func exited(_ exit: RuntimeExit, requestID: String) -> FunctionFailure {
        let type = exit == .outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError"
        let message = "RequestId: \(requestID) Error: \(exit.description)"
        return FunctionFailure(
            errorType: type, payload: document(type, message), status: .error,
            logMessage: "\(message)\n\(type)")
    }

    /// There is nothing to execute at any of these paths.
    package static func noEntrypoint(_ paths: [String], requestID: String) -> FunctionFailure {
        let type = "Runtime.InvalidEntrypoint"
        let found = "Couldn't find valid bootstrap(s): [\(paths.joined(separator: " "))]"
        let message = "RequestId: \(requestID) Error: \(found)"
        return FunctionFailure(
            errorType: type, payload: document(type, message), status: .error,
            logMessage: "\(message)\n\(type)")
    }

    /// The function answered more than Lambda passes on.
    package static func responseTooLarge() -> FunctionFailure {
        let type = "Function.ResponseSizeTooLarge"
        let limit = SandboxLimits.responseBytes
        let message =
            "Response payload size exceeded maximum allowed payload size (\(limit) bytes)."
        return FunctionFailure(
            errorType: type, payload: document(type, message), status: .error,
            logMessage: message)
    }

    /// An extension could not start.
    package static func extensionFailed(_ type: String, requestID: String) -> FunctionFailure {
        FunctionFailure(
            errorType: type,
            payload: document(type, "RequestId: \(requestID) Error: extension failed: \(type)"),
            status: .error)
    }

    /// The runtime reported an error of the function, with a document of its own.
    package static func reported(errorType: String, payload: [UInt8]) -> FunctionFailure {
        FunctionFailure(errorType: errorType, payload: payload)
    }

    private static func document(_ type: String, _ message: String) -> [UInt8] {
        Array(#"{"errorType":"\#(type)","errorMessage":"\#(escaped(message))"}"#.utf8)
    }

    /// `text` for a JSON string. What comes in here is ours, but for a path.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\0"..<" ":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
