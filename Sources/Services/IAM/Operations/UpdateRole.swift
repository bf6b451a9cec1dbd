import IAMModel
import ServiceKit
import Wire

/// Changes a role's description and how long its sessions may last.
///
/// Source: API_UpdateRole in the IAM API Reference.
struct UpdateRole: OperationHandler {
    static let operation = IAMAPI.updateRole
    let roles: RoleStore

    func access(
        for input: UpdateRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:UpdateRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: UpdateRoleRequest, in context: RequestContext
    ) async throws -> UpdateRoleResponse {
        try await roles.update(
            input.roleName, of: context.account, description: input.description,
            maxSessionSeconds: input.maxSessionDuration)
        return UpdateRoleResponse()
    }
}
