import IAMModel
import ServiceKit
import Wire

/// Writes a policy into a group.
///
/// Source: API_PutGroupPolicy in the IAM API Reference.
struct PutGroupPolicy: OperationHandler {
    static let operation = IAMAPI.putGroupPolicy
    let store: IAMStore

    func access(
        for input: PutGroupPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("PutGroupPolicy", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: PutGroupPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let policy = try PolicyDocument.permissions(input.policyDocument)
        try await store.put(
            policy, named: input.policyName, in: .group(input.groupName), of: context.account)
        return EmptyStructure()
    }
}
