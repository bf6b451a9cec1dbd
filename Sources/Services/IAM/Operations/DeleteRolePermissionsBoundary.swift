import IAMModel
import ServiceKit
import Wire

/// Takes the bounds off a role.
///
/// Source: API_DeleteRolePermissionsBoundary in the IAM API Reference.
struct DeleteRolePermissionsBoundary: OperationHandler {
    static let operation = IAMAPI.deleteRolePermissionsBoundary
    let store: IAMStore

    func access(
        for input: DeleteRolePermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DeleteRolePermissionsBoundary", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: DeleteRolePermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(.role(input.roleName), of: context.account) { role in
            guard role.boundary != nil else {
                throw IAMError.noSuchEntityException(
                    "Role \(role.name) does not have a permissions boundary")
            }
            role.boundary = nil
        }
        return EmptyStructure()
    }
}
