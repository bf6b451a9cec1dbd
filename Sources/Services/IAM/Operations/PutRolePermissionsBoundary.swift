import IAMModel
import ServiceKit
import Wire

/// Bounds what a role may do by a managed policy.
///
/// Source: API_PutRolePermissionsBoundary in the IAM API Reference.
struct PutRolePermissionsBoundary: OperationHandler {
    static let operation = IAMAPI.putRolePermissionsBoundary
    let store: IAMStore

    func access(
        for input: PutRolePermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "PutRolePermissionsBoundary", to: .role(input.roleName), in: context,
            keys: ["iam:PermissionsBoundary": [input.permissionsBoundary]])
    }

    func handle(
        _ input: PutRolePermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let boundary = try await store.boundary(input.permissionsBoundary, of: context.account)
        try await store.update(.role(input.roleName), of: context.account) {
            $0.boundary = boundary
        }
        return EmptyStructure()
    }
}
