import IAMModel
import ServiceKit
import Wire

/// Answers everything about a role.
///
/// Source: API_GetRole in the IAM API Reference.
struct GetRole: OperationHandler {
    static let operation = IAMAPI.getRole
    let roles: RoleStore

    func access(
        for input: GetRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:GetRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: GetRoleRequest, in context: RequestContext
    ) async throws -> GetRoleResponse {
        let (stored, tags) = try await roles.taggedRole(input.roleName, of: context.account)
        var role = Role(stored, in: context.partition)
        role.describe(stored)
        role.attach(tags: tags, boundary: stored.permissionsBoundary)
        role.roleLastUsed = RoleLastUsed()
        return GetRoleResponse(role: role)
    }
}
