import IAMModel
import ServiceKit
import Wire

/// Removes a policy that stands in a user.
///
/// Source: API_DeleteUserPolicy in the IAM API Reference.
struct DeleteUserPolicy: OperationHandler {
    static let operation = IAMAPI.deleteUserPolicy
    let store: IAMStore

    func access(
        for input: DeleteUserPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteUserPolicy", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: DeleteUserPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deleteInlinePolicy(
            input.policyName, in: .user(input.userName), of: context.account)
        return EmptyStructure()
    }
}
