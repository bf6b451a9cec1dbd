import STSModel
import ServiceKit
import Wire

/// Makes temporary credentials of the caller himself. Everybody may ask who has lasting ones.
///
/// Source: API_GetSessionToken in the STS API Reference.
struct GetSessionToken: OperationHandler {
    static let operation = STSAPI.getSessionToken
    let issuer: SessionIssuer
    let multiFactor: MultiFactor

    func access(
        for input: GetSessionTokenRequest, in context: RequestContext
    ) async throws -> [AccessRequest] { [] }

    func handle(
        _ input: GetSessionTokenRequest, in context: RequestContext
    ) async throws -> GetSessionTokenResponse {
        var seconds = input.durationSeconds ?? STSLimits.defaultSessionSeconds
        let account: String
        switch context.principal {
        case .root(let owner):
            account = owner
            seconds = min(seconds, STSLimits.rootSessionSeconds)
        case .user(let owner, _, _, _):
            account = owner
        case .assumedRole, .federatedUser, .federated, .service, .anonymous:
            throw Self.sessionCredentials
        }
        guard context.session == nil else { throw Self.sessionCredentials }
        let isMultiFactor = try await multiFactor.check(
            serialNumber: input.serialNumber, code: input.tokenCode, in: context)
        var identity = SessionIdentity(issued: context.time)
        identity.multiFactorTime = isMultiFactor ? context.time : nil
        return GetSessionTokenResponse(
            credentials: try await issuer.issue(
                to: context.principal, of: account, for: seconds,
                identity))
    }

    private static let sessionCredentials = AWSError(
        "AccessDenied", "Cannot call GetSessionToken with session credentials", status: 403)
}
