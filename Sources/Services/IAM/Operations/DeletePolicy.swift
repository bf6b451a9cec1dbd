import IAMModel
import ServiceKit
import Wire

/// Removes a managed policy that is attached to nothing.
///
/// Source: API_DeletePolicy in the IAM API Reference.
struct DeletePolicy: OperationHandler {
    static let operation = IAMAPI.deletePolicy
    let store: IAMStore

    func access(
        for input: DeletePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("DeletePolicy", to: policy, in: context)
    }

    func handle(
        _ input: DeletePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deletePolicy(PolicyARN.own(input.policyArn, in: context))
        return EmptyStructure()
    }
}
