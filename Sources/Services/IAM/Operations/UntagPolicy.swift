import IAMModel
import ServiceKit
import Wire

/// Removes tags of a policy.
///
/// Source: API_UntagPolicy in the IAM API Reference.
struct UntagPolicy: OperationHandler {
    static let operation = IAMAPI.untagPolicy
    let store: IAMStore

    func access(
        for input: UntagPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference.policy(input.policyArn)
        return try await store.access(
            "UntagPolicy", to: reference, in: context, keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            try EntityReference.policy(input.policyArn), of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
