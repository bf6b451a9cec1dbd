import IAMModel
import ServiceKit
import Wire

/// Answers a policy that stands in a group.
///
/// Source: API_GetGroupPolicy in the IAM API Reference.
struct GetGroupPolicy: OperationHandler {
    static let operation = IAMAPI.getGroupPolicy
    let store: IAMStore

    func access(
        for input: GetGroupPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetGroupPolicy", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: GetGroupPolicyRequest, in context: RequestContext
    ) async throws -> GetGroupPolicyResponse {
        let document = try await store.inlinePolicy(
            input.policyName, in: .group(input.groupName), of: context.account)
        return GetGroupPolicyResponse(
            groupName: input.groupName, policyName: input.policyName,
            policyDocument: PercentEncoding.encode(document))
    }
}
