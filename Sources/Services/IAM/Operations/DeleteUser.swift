import IAMModel
import ServiceKit
import Wire

/// Removes a user who has nothing left.
///
/// Source: API_DeleteUser in the IAM API Reference.
struct DeleteUser: OperationHandler {
    static let operation = IAMAPI.deleteUser
    let store: IAMStore

    func access(
        for input: DeleteUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteUser", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: DeleteUserRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let account = context.account
        try await store.delete(.user(input.userName), of: account) { transaction in
            try UserRemoval.check(input.userName, of: account, in: transaction)
        }
        return EmptyStructure()
    }
}
