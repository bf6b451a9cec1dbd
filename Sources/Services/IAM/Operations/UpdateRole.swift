import IAMModel
import ServiceKit
import Wire

/// Changes a role's description and how long its sessions may last.
///
/// Source: API_UpdateRole in the IAM API Reference.
struct UpdateRole: OperationHandler {
    static let operation = IAMAPI.updateRole
    let store: IAMStore

    func access(
        for input: UpdateRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateRole", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: UpdateRoleRequest, in context: RequestContext
    ) async throws -> UpdateRoleResponse {
        try await store.update(.role(input.roleName), of: context.account) { role in
            role.description = input.description ?? role.description
            role.number = input.maxSessionDuration ?? role.number
        }
        return UpdateRoleResponse()
    }
}
