import IAMModel
import ServiceKit
import Wire

/// Writes a policy into a user.
///
/// Source: API_PutUserPolicy in the IAM API Reference.
struct PutUserPolicy: OperationHandler {
    static let operation = IAMAPI.putUserPolicy
    let store: IAMStore

    func access(
        for input: PutUserPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("PutUserPolicy", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: PutUserPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let policy = try PolicyDocument.permissions(input.policyDocument)
        try await store.put(
            policy, named: input.policyName, in: .user(input.userName), of: context.account)
        return EmptyStructure()
    }
}
