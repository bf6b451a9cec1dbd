import IAMModel
import ServiceKit
import Wire

/// Removes a role that has no policies.
///
/// Source: API_DeleteRole in the IAM API Reference.
struct DeleteRole: OperationHandler {
    static let operation = IAMAPI.deleteRole
    let store: IAMStore

    func access(
        for input: DeleteRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteRole", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: DeleteRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deleteRole(input.roleName, of: context.account)
        return EmptyStructure()
    }
}
