import IAMModel
import ServiceKit
import Wire

/// Removes an inline policy of a role.
///
/// Source: API_DeleteRolePolicy in the IAM API Reference.
struct DeleteRolePolicy: OperationHandler {
    static let operation = IAMAPI.deleteRolePolicy
    let roles: RoleStore

    func access(
        for input: DeleteRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:DeleteRolePolicy",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: DeleteRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await roles.deletePolicy(input.policyName, in: input.roleName, of: context.account)
        return EmptyStructure()
    }
}
