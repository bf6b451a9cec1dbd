import STSModel
import ServiceKit
import Wire

/// Opens the encoded message of a refusal.
///
/// Source: API_DecodeAuthorizationMessage in the STS API Reference.
struct DecodeAuthorizationMessage: OperationHandler {
    static let operation = STSAPI.decodeAuthorizationMessage
    let messages: EncodedMessages

    func access(
        for input: DecodeAuthorizationMessageRequest, in context: RequestContext
    ) async throws -> [AccessRequest] { [AccessRequest("sts:DecodeAuthorizationMessage")] }

    func handle(
        _ input: DecodeAuthorizationMessageRequest, in context: RequestContext
    ) async throws -> DecodeAuthorizationMessageResponse {
        guard let message = try await messages.decode(input.encodedMessage) else {
            throw STSError.invalidAuthorizationMessageException(
                "Invalid authorization message")
        }
        return DecodeAuthorizationMessageResponse(decodedMessage: message)
    }
}
