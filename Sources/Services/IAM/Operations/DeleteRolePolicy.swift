import IAMModel
import ServiceKit
import Wire

/// Removes a policy that stands in a role.
///
/// Source: API_DeleteRolePolicy in the IAM API Reference.
struct DeleteRolePolicy: OperationHandler {
    static let operation = IAMAPI.deleteRolePolicy
    let store: IAMStore

    func access(
        for input: DeleteRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteRolePolicy", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: DeleteRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deleteInlinePolicy(
            input.policyName, in: .role(input.roleName), of: context.account)
        return EmptyStructure()
    }
}
