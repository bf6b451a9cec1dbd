import IAMModel
import ServiceKit
import Wire

/// Changes a role's description.
///
/// Source: API_UpdateRoleDescription in the IAM API Reference.
struct UpdateRoleDescription: OperationHandler {
    static let operation = IAMAPI.updateRoleDescription
    let store: IAMStore

    func access(
        for input: UpdateRoleDescriptionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateRoleDescription", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: UpdateRoleDescriptionRequest, in context: RequestContext
    ) async throws -> UpdateRoleDescriptionResponse {
        let stored = try await store.update(.role(input.roleName), of: context.account) { role in
            role.description = input.description
        }
        var role = Role(stored, in: context.partition)
        role.describe(stored)
        return UpdateRoleDescriptionResponse(role: role)
    }
}
