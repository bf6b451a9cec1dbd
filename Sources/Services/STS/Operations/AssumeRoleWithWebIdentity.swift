import IAMModel
import Platform
import STSModel
import ServiceKit
import Wire

/// Makes a session of a role for the bearer of an OpenID Connect provider's token.
///
/// Source: API_AssumeRoleWithWebIdentity in the STS API Reference.
struct AssumeRoleWithWebIdentity: OperationHandler {
    static let operation = STSAPI.assumeRoleWithWebIdentity
    let roles: RoleDirectory
    let issuer: SessionIssuer
    let verifier: WebIdentityVerifier

    func access(
        for input: AssumeRoleWithWebIdentityRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let role = try RoleARN(input.roleArn)
        let identity = try await verifier.verify(input.webIdentityToken, for: role, in: context)
        var keys = identity.conditionKeys
        keys["sts:RoleSessionName"] = [input.roleSessionName]
        var request = AccessRequest(
            "sts:AssumeRoleWithWebIdentity", on: role.text, conditionKeys: keys
        ) { try await roles.trustPolicy(of: role, in: context) }
        request.resourcePolicyRole = .isRequired
        request.principal = .federated(provider: identity.provider)
        return [request]
    }

    func handle(
        _ input: AssumeRoleWithWebIdentityRequest, in context: RequestContext
    ) async throws -> AssumeRoleWithWebIdentityResponse {
        let arn = try RoleARN(input.roleArn)
        let verified = try await verifier.verify(input.webIdentityToken, for: arn, in: context)
        guard let role = try await roles.role(arn, in: context) else {
            throw AWSError(
                "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity",
                status: 403)
        }
        var identity = SessionIdentity(issued: context.time)
        try RequestedSession.add(
            policy: input.policy, arns: input.policyArns, to: &identity)
        identity.federatedProvider = verified.provider
        identity.federatedClaims = verified.conditionKeys
        try RequestedSession.checkSize(of: identity)
        let seconds = input.durationSeconds ?? STSLimits.defaultRoleSessionSeconds
        try RequestedSession.check(seconds, limit: role.maxSessionDuration)
        let principal = Principal.assumedRole(
            account: arn.account, role: arn.name, roleID: role.roleId,
            session: input.roleSessionName)
        return AssumeRoleWithWebIdentityResponse(
            credentials: try await issuer.issue(
                to: principal, of: arn.account, for: seconds, identity),
            subjectFromWebIdentityToken: verified.token.subject,
            assumedRoleUser: AssumedRoleUser(assumedRoleId: principal.userID, arn: principal.arn),
            packedPolicySize: identity.packedPercent, provider: verified.provider,
            audience: verified.audience)
    }
}
