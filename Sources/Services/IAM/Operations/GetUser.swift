import IAMModel
import ServiceKit
import Wire

/// Answers everything about a user; the caller himself where none is named.
///
/// Source: API_GetUser in the IAM API Reference.
struct GetUser: OperationHandler {
    static let operation = IAMAPI.getUser
    let store: IAMStore

    func access(
        for input: GetUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("GetUser", to: .user(name), in: context)
    }

    func handle(
        _ input: GetUserRequest, in context: RequestContext
    ) async throws -> GetUserResponse {
        if input.userName == nil, case .root(let account) = context.principal {
            return GetUserResponse(user: User(root: account, in: context))
        }
        let name = try context.userName(or: input.userName)
        let (user, tags) = try await store.taggedEntity(.user(name), of: context.account)
        return GetUserResponse(user: User(user, tags: tags, in: context))
    }
}
