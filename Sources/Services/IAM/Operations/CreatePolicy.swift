import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes a managed policy.
///
/// Source: API_CreatePolicy in the IAM API Reference.
struct CreatePolicy: OperationHandler {
    static let operation = IAMAPI.createPolicy
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreatePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreatePolicy", to: EntityReference(.policy, input.policyName), at: input.path,
            in: context, keys: TagRules.conditionKeys(setting: input.tags ?? []))
    }

    func handle(
        _ input: CreatePolicyRequest, in context: RequestContext
    ) async throws -> CreatePolicyResponse {
        try TagRules.check(input.tags ?? [])
        let document = try PolicyDocument.managed(input.policyDocument)
        var policy = Entity(
            EntityReference(.policy, input.policyName), in: context, path: input.path, randomness)
        policy.description = input.description
        policy.number = 1
        try await store.createPolicy(policy, document: document.text, tags: input.tags ?? [])
        var answer = Policy(policy, in: context.partition)
        answer.tags = input.tags
        return CreatePolicyResponse(policy: answer)
    }
}
