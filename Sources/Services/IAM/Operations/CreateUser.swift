import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes a user.
///
/// Source: API_CreateUser in the IAM API Reference.
struct CreateUser: OperationHandler {
    static let operation = IAMAPI.createUser
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateUser", to: .user(input.userName), at: input.path, in: context,
            keys: store.keys(setting: input.tags, boundary: input.permissionsBoundary))
    }

    func handle(
        _ input: CreateUserRequest, in context: RequestContext
    ) async throws -> CreateUserResponse {
        try TagRules.check(input.tags ?? [])
        var user = Entity(.user(input.userName), in: context, path: input.path, randomness)
        if let boundary = input.permissionsBoundary {
            user.boundary = try await store.boundary(boundary, of: context.account)
        }
        try await store.create(user, tags: input.tags ?? [])
        return CreateUserResponse(user: User(user, tags: input.tags ?? [], in: context))
    }
}
