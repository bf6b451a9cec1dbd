import IAMModel
import ServiceKit
import Wire

/// Sets tags of a user.
///
/// Source: API_TagUser in the IAM API Reference.
struct TagUser: OperationHandler {
    static let operation = IAMAPI.tagUser
    let store: IAMStore

    func access(
        for input: TagUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "TagUser", to: .user(input.userName), in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagUserRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(.user(input.userName), of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
