import IAMModel
import ServiceKit
import Wire

/// Gives a user another name or path.
///
/// Source: API_UpdateUser in the IAM API Reference.
struct UpdateUser: OperationHandler {
    static let operation = IAMAPI.updateUser
    let store: IAMStore

    func access(
        for input: UpdateUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateUser", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: UpdateUserRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.rename(
            .user(input.userName), of: context.account, to: input.newUserName, path: input.newPath)
        return EmptyStructure()
    }
}
