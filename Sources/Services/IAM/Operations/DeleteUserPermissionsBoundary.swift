import IAMModel
import ServiceKit
import Wire

/// Takes the bounds off a user.
///
/// Source: API_DeleteUserPermissionsBoundary in the IAM API Reference.
struct DeleteUserPermissionsBoundary: OperationHandler {
    static let operation = IAMAPI.deleteUserPermissionsBoundary
    let store: IAMStore

    func access(
        for input: DeleteUserPermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DeleteUserPermissionsBoundary", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: DeleteUserPermissionsBoundaryRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(.user(input.userName), of: context.account) { user in
            guard user.boundary != nil else {
                throw IAMError.noSuchEntityException(
                    "User \(user.name) does not have a permissions boundary")
            }
            user.boundary = nil
        }
        return EmptyStructure()
    }
}
