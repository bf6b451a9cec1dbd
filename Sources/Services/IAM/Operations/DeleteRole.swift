import IAMModel
import ServiceKit
import Wire

/// Removes a role that has no policies.
///
/// Source: API_DeleteRole in the IAM API Reference.
struct DeleteRole: OperationHandler {
    static let operation = IAMAPI.deleteRole
    let roles: RoleStore

    func access(
        for input: DeleteRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:DeleteRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: DeleteRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await roles.delete(input.roleName, of: context.account)
        return EmptyStructure()
    }
}
