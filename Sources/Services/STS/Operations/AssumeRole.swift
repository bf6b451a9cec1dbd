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
    let multiFactor: MultiFactor
    let acceptsUnknownRoles: Bool

    func access(
        for input: AssumeRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let role = try RoleARN(input.roleArn)
        var keys = ["sts:RoleSessionName": [input.roleSessionName]]
        keys["sts:ExternalId"] = input.externalId.map { [$0] }
        keys["sts:SourceIdentity"] = input.sourceIdentity.map { [$0] }
        keys["sts:TransitiveTagKeys"] = input.transitiveTagKeys
        keys.merge(RequestedSession.conditionKeys(of: input.tags ?? [])) { $1 }
        // A code is good once, so it is checked here, where policies ask for it, and not again.
        let isMultiFactor = try await multiFactor.check(
            serialNumber: input.serialNumber, code: input.tokenCode, in: context)
        if isMultiFactor {
            keys["aws:MultiFactorAuthPresent"] = ["true"]
            keys["aws:MultiFactorAuthAge"] = ["0"]
        }
        var actions = ["sts:AssumeRole"]
        if input.tags?.isEmpty == false { actions.append("sts:TagSession") }
        if input.sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
        return actions.map { action in
            var request = AccessRequest(action, on: role.text, conditionKeys: keys) {
                try await roles.trustPolicy(of: role, in: context)
            }
            request.resourcePolicyRole = .isRequired
            return request
        }
    }

    func handle(
        _ input: AssumeRoleRequest, in context: RequestContext
    ) async throws -> AssumeRoleResponse {
        let arn = try RoleARN(input.roleArn)
        guard input.providedContexts?.isEmpty ?? true else {
            throw CommonError.notServed(
                operation: "AssumeRole with ProvidedContexts", service: "STS")
        }
        let identity = try identity(of: input, in: context)
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
            packedPolicySize: identity.packedPercent, sourceIdentity: identity.sourceIdentity)
    }

    private func identity(
        of input: AssumeRoleRequest, in context: RequestContext
    ) throws -> SessionIdentity {
        var identity = try RequestedSession.identity(of: input, in: context)
        // What a code showed goes on into sessions of sessions.
        identity.multiFactorTime =
            input.tokenCode == nil ? context.session?.multiFactorTime : context.time
        return identity
    }

    private func checkDuration(_ seconds: Int, limit: Int?, caller: Principal) throws {
        if case .assumedRole = caller, seconds > STSLimits.chainedSessionSeconds {
            throw AWSError(
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
                    + "by role chaining.")
        }
        try RequestedSession.check(seconds, limit: limit)
    }
}
