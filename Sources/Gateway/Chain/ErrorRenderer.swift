import HTTPTypes
import Logging
import ServiceKit
import Wire

/// Renders every error in the protocol that the request speaks: an `AWSError` as it is, anything else as `InternalFailure`.
struct ErrorRenderer: Sendable {
    func render(_ error: any Error, _ exchange: Exchange) -> WireResponse {
        let error = awsError(error, exchange)
        guard let api = exchange.api else { return Self.json(error) }
        return api.codec.encode(
            error, of: api.operation, in: api.service, requestID: exchange.requestID)
    }

    private func awsError(_ error: any Error, _ exchange: Exchange) -> AWSError {
        switch error {
        case let error as AWSError: return error
        case HTTPFailure.timeout:
            return AWSError(
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the timeout period.",
                status: 408)
        case is HTTPFailure:
            return AWSError(
                "IncompleteBody", "The request body terminated unexpectedly", status: 400)
        case is CancellationError:
            return AWSError(
                "ServiceUnavailable", "The server is shutting down.", status: 503)
        default:
            exchange.logger.error("a request failed inside", metadata: ["error": "\(error)"])
            return CommonError.internalFailure
        }
    }

    /// The error for clients of hosted things, and for requests that no service is known of.
    private static func json(_ error: AWSError) -> WireResponse {
        var members = error.fields
        members[error.messageKey] = .string(error.message)
        return WireResponse(
            status: error.status,
            headers: [.contentType: "application/json", .amznErrorType: error.code],
            body: Body(Document.object(members).json()))
    }
}
