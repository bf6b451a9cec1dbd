import IAMModel
import ServiceKit
import Wire

/// Removes a policy that stands in a group.
///
/// Source: API_DeleteGroupPolicy in the IAM API Reference.
struct DeleteGroupPolicy: OperationHandler {
    static let operation = IAMAPI.deleteGroupPolicy
    let store: IAMStore

    func access(
        for input: DeleteGroupPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteGroupPolicy", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: DeleteGroupPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deleteInlinePolicy(
            input.policyName, in: .group(input.groupName), of: context.account)
        return EmptyStructure()
    }
}
