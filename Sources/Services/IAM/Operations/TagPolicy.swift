import IAMModel
import ServiceKit
import Wire

/// Sets tags of a policy.
///
/// Source: API_TagPolicy in the IAM API Reference.
struct TagPolicy: OperationHandler {
    static let operation = IAMAPI.tagPolicy
    let store: IAMStore

    func access(
        for input: TagPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference.policy(input.policyArn)
        return try await store.access(
            "TagPolicy", to: reference, in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            try EntityReference.policy(input.policyArn), of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
