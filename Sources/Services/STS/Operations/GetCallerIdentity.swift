import STSModel
import ServiceKit
import Wire

/// Tells the caller who he is. Everybody may ask.
///
/// Source: API_GetCallerIdentity in the STS API Reference.
struct GetCallerIdentity: OperationHandler {
    static let operation = STSAPI.getCallerIdentity

    func access(
        for input: GetCallerIdentityRequest, in context: RequestContext
    ) async throws -> [AccessRequest] { [] }

    func handle(
        _ input: GetCallerIdentityRequest, in context: RequestContext
    ) async throws -> GetCallerIdentityResponse {
        GetCallerIdentityResponse(
            userId: context.principal.userID,
            account: context.principal.account ?? context.account, arn: context.principal.arn)
    }
}
