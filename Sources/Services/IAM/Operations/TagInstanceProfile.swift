import IAMModel
import ServiceKit
import Wire

/// Sets tags of a instance profile.
///
/// Source: API_TagInstanceProfile in the IAM API Reference.
struct TagInstanceProfile: OperationHandler {
    static let operation = IAMAPI.tagInstanceProfile
    let store: IAMStore

    func access(
        for input: TagInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "TagInstanceProfile", to: .instanceProfile(input.instanceProfileName), in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagInstanceProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            .instanceProfile(input.instanceProfileName), of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
