import STSModel
import ServiceKit
import Wire

/// Makes temporary credentials of somebody whom the caller vouches for.
///
/// Source: API_GetFederationToken in the STS API Reference.
struct GetFederationToken: OperationHandler {
    static let operation = STSAPI.getFederationToken
    let issuer: SessionIssuer

    func access(
        for input: GetFederationTokenRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let resource =
            "arn:\(context.partition):sts::\(context.account):federated-user/\(input.name)"
        let tags = input.tags ?? []
        let keys = RequestedSession.conditionKeys(of: tags)
        return ["sts:GetFederationToken"].map {
            AccessRequest($0, on: resource, conditionKeys: keys)
        }
            + (tags.isEmpty
                ? [] : [AccessRequest("sts:TagSession", on: resource, conditionKeys: keys)])
    }

    func handle(
        _ input: GetFederationTokenRequest, in context: RequestContext
    ) async throws -> GetFederationTokenResponse {
        var seconds = input.durationSeconds ?? STSLimits.defaultSessionSeconds
        var user: String?
        switch context.principal {
        case .root: seconds = min(seconds, STSLimits.rootSessionSeconds)
        case .user(_, _, let name, _): user = name
        case .assumedRole, .federatedUser, .federated, .service, .anonymous:
            throw Self.sessionCredentials
        }
        guard context.session == nil else { throw Self.sessionCredentials }
        var identity = SessionIdentity(issued: context.time)
        try RequestedSession.add(
            policy: input.policy, arns: input.policyArns, to: &identity)
        try RequestedSession.add(tags: input.tags, transitive: nil, to: &identity)
        try RequestedSession.checkSize(of: identity)
        let principal = Principal.federatedUser(
            account: context.account, name: input.name, user: user)
        return GetFederationTokenResponse(
            credentials: try await issuer.issue(
                to: principal, of: context.account, for: seconds, identity),
            federatedUser: FederatedUser(federatedUserId: principal.userID, arn: principal.arn),
            packedPolicySize: identity.packedPercent)
    }

    private static let sessionCredentials = AWSError(
        "AccessDenied", "Cannot call GetFederationToken with session credentials", status: 403)
}
