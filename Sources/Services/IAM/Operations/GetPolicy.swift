import IAMModel
import ServiceKit
import Wire

/// Answers everything about a managed policy but its text.
///
/// Source: API_GetPolicy in the IAM API Reference.
struct GetPolicy: OperationHandler {
    static let operation = IAMAPI.getPolicy
    let store: IAMStore

    func access(
        for input: GetPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("GetPolicy", to: policy, in: context)
    }

    func handle(
        _ input: GetPolicyRequest, in context: RequestContext
    ) async throws -> GetPolicyResponse {
        let arn = try PolicyARN.required(input.policyArn)
        return GetPolicyResponse(policy: try await store.policyAnswer(arn, in: context))
    }
}
