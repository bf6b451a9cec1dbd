import IAMModel
import ServiceKit
import Wire

/// Takes a managed policy off a user.
///
/// Source: API_DetachUserPolicy in the IAM API Reference.
struct DetachUserPolicy: OperationHandler {
    static let operation = IAMAPI.detachUserPolicy
    let store: IAMStore

    func access(
        for input: DetachUserPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DetachUserPolicy", to: .user(input.userName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: DetachUserPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.detach(
            PolicyARN.required(input.policyArn), from: .user(input.userName), of: context.account)
        return EmptyStructure()
    }
}
