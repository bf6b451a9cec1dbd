import IAMModel
import ServiceKit
import Wire

/// Takes a managed policy off a group.
///
/// Source: API_DetachGroupPolicy in the IAM API Reference.
struct DetachGroupPolicy: OperationHandler {
    static let operation = IAMAPI.detachGroupPolicy
    let store: IAMStore

    func access(
        for input: DetachGroupPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DetachGroupPolicy", to: .group(input.groupName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: DetachGroupPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.detach(
            PolicyARN.required(input.policyArn), from: .group(input.groupName), of: context.account)
        return EmptyStructure()
    }
}
