import IAMModel
import ServiceKit
import Wire

/// Answers a policy that stands in a user.
///
/// Source: API_GetUserPolicy in the IAM API Reference.
struct GetUserPolicy: OperationHandler {
    static let operation = IAMAPI.getUserPolicy
    let store: IAMStore

    func access(
        for input: GetUserPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetUserPolicy", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: GetUserPolicyRequest, in context: RequestContext
    ) async throws -> GetUserPolicyResponse {
        let document = try await store.inlinePolicy(
            input.policyName, in: .user(input.userName), of: context.account)
        return GetUserPolicyResponse(
            userName: input.userName, policyName: input.policyName,
            policyDocument: PercentEncoding.encode(document))
    }
}
