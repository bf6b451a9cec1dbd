import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes a role.
///
/// Source: API_CreateRole in the IAM API Reference.
struct CreateRole: OperationHandler {
    static let operation = IAMAPI.createRole
    let roles: RoleStore
    let randomness: any Randomness

    func access(
        for input: CreateRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = TagRules.conditionKeys(setting: input.tags ?? [])
        if let boundary = input.permissionsBoundary {
            conditions["iam:PermissionsBoundary"] = [boundary]
        }
        let role = "role\(input.path ?? "/")\(input.roleName)"
        return [
            AccessRequest(
                "iam:CreateRole",
                on: "arn:\(context.partition):iam::\(context.account):\(role)",
                conditionKeys: conditions)
        ]
    }

    func handle(
        _ input: CreateRoleRequest, in context: RequestContext
    ) async throws -> CreateRoleResponse {
        try TagRules.check(input.tags ?? [])
        if let boundary = input.permissionsBoundary { try PermissionsBoundary.check(boundary) }
        let trust = try PolicyDocument.trust(input.assumeRolePolicyDocument)
        let stored = StoredRole(
            account: context.account, name: input.roleName, path: input.path ?? "/",
            id: "AROA" + randomness.string(17, from: .base32), trustPolicy: trust.text,
            description: input.description,
            maxSessionSeconds: input.maxSessionDuration ?? IAMLimits.defaultSessionSeconds,
            permissionsBoundary: input.permissionsBoundary, created: context.time)
        try await roles.create(stored, tags: input.tags ?? [])
        var role = Role(stored, in: context.partition)
        role.attach(tags: input.tags ?? [], boundary: stored.permissionsBoundary)
        return CreateRoleResponse(role: role)
    }
}
