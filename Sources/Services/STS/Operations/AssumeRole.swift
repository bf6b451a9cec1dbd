import IAMModel
import STSModel
import ServiceKit
import Wire

/// Makes a session of a role.
///
/// Source: API_AssumeRole in the STS API Reference. Whether the role's trust policy lets the caller in is the
/// authorizer's to say.
struct AssumeRole: OperationHandler {
    static let operation = STSAPI.assumeRole
    let roles: RoleDirectory
    let issuer: SessionIssuer
    let acceptsUnknownRoles: Bool

    func access(
        for input: AssumeRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let role = try RoleARN(input.roleArn)
        var keys = ["sts:RoleSessionName": [input.roleSessionName]]
        keys["sts:ExternalId"] = input.externalId.map { [$0] }
        keys["sts:SourceIdentity"] = input.sourceIdentity.map { [$0] }
        keys["sts:TransitiveTagKeys"] = input.transitiveTagKeys
        for tag in input.tags ?? [] { keys["aws:RequestTag/\(tag.key)"] = [tag.value] }
        keys["aws:TagKeys"] = input.tags.map { $0.map(\.key) }
        var actions = ["sts:AssumeRole"]
        if input.tags?.isEmpty == false { actions.append("sts:TagSession") }
        if input.sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
        return actions.map { action in
            AccessRequest(action, on: role.text, conditionKeys: keys) {
                try await roles.trustPolicy(of: role, in: context)
            }
        }
    }

    func handle(
        _ input: AssumeRoleRequest, in context: RequestContext
    ) async throws -> AssumeRoleResponse {
        let arn = try RoleARN(input.roleArn)
        try MultiFactor.check(serialNumber: input.serialNumber, code: input.tokenCode)
        guard input.providedContexts?.isEmpty ?? true else {
            throw CommonError.notServed(
                operation: "AssumeRole with ProvidedContexts", service: "STS")
        }
        let identity = try RequestedSession.identity(of: input, at: context.time)
        let role = try await roles.role(arn, in: context)
        guard role != nil || acceptsUnknownRoles else {
            throw AWSError(
                "AccessDenied",
                "User: \(context.principal.arn) is not authorized to perform: sts:AssumeRole "
                    + "on resource: \(arn.text)",
                status: 403)
        }
        let seconds = input.durationSeconds ?? STSLimits.defaultRoleSessionSeconds
        try checkDuration(seconds, limit: role?.maxSessionDuration, caller: context.principal)
        let principal = Principal.assumedRole(
            account: arn.account, role: arn.name, roleID: role?.roleId ?? arn.madeUpID,
            session: input.roleSessionName)
        let credentials = try await issuer.issue(
            to: principal, of: arn.account, for: seconds, identity)
        return AssumeRoleResponse(
            credentials: credentials,
            assumedRoleUser: AssumedRoleUser(assumedRoleId: principal.userID, arn: principal.arn),
            packedPolicySize: identity.packedPercent, sourceIdentity: input.sourceIdentity)
    }

    private func checkDuration(_ seconds: Int, limit: Int?, caller: Principal) throws {
        if case .assumedRole = caller, seconds > STSLimits.chainedSessionSeconds {
            throw AWSError(
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
                    + "by role chaining.")
        }
        if let limit, seconds > limit {
            throw AWSError(
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
    }
}
