import IAMModel
import ServiceKit
import Wire

/// Removes tags of a instance profile.
///
/// Source: API_UntagInstanceProfile in the IAM API Reference.
struct UntagInstanceProfile: OperationHandler {
    static let operation = IAMAPI.untagInstanceProfile
    let store: IAMStore

    func access(
        for input: UntagInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UntagInstanceProfile", to: .instanceProfile(input.instanceProfileName), in: context,
            keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagInstanceProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            .instanceProfile(input.instanceProfileName), of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
