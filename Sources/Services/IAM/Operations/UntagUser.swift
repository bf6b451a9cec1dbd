import IAMModel
import ServiceKit
import Wire

/// Removes tags of a user.
///
/// Source: API_UntagUser in the IAM API Reference.
struct UntagUser: OperationHandler {
    static let operation = IAMAPI.untagUser
    let store: IAMStore

    func access(
        for input: UntagUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UntagUser", to: .user(input.userName), in: context,
            keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagUserRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(.user(input.userName), of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
