import IAMModel
import ServiceKit
import Wire

/// Answers everything about a role.
///
/// Source: API_GetRole in the IAM API Reference.
struct GetRole: OperationHandler {
    static let operation = IAMAPI.getRole
    let store: IAMStore

    func access(
        for input: GetRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetRole", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: GetRoleRequest, in context: RequestContext
    ) async throws -> GetRoleResponse {
        let (stored, tags) = try await store.taggedEntity(
            .role(input.roleName), of: context.account)
        var role = Role(stored, in: context.partition)
        role.describe(stored)
        role.attach(tags: tags, boundary: stored.boundary)
        role.roleLastUsed = RoleLastUsed()
        return GetRoleResponse(role: role)
    }
}
