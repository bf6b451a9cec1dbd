import IAMModel
import ServiceKit
import Wire

/// Bounds what a user may do by a managed policy.
///
/// Source: API_PutUserPermissionsBoundary in the IAM API Reference.
struct PutUserPermissionsBoundary: OperationHandler {
    static let operation = IAMAPI.putUserPermissionsBoundary
    let store: IAMStore

    func access(
        for input: PutUserPermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "PutUserPermissionsBoundary", to: .user(input.userName), in: context,
            keys: ["iam:PermissionsBoundary": [input.permissionsBoundary]])
    }

    func handle(
        _ input: PutUserPermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let boundary = try await store.boundary(input.permissionsBoundary, of: context.account)
        try await store.update(.user(input.userName), of: context.account) {
            $0.boundary = boundary
        }
        return EmptyStructure()
    }
}
