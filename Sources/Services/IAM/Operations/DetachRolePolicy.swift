import IAMModel
import ServiceKit
import Wire

/// Takes a managed policy off a role.
///
/// Source: API_DetachRolePolicy in the IAM API Reference.
struct DetachRolePolicy: OperationHandler {
    static let operation = IAMAPI.detachRolePolicy
    let store: IAMStore

    func access(
        for input: DetachRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DetachRolePolicy", to: .role(input.roleName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: DetachRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.detach(
            PolicyARN.required(input.policyArn), from: .role(input.roleName), of: context.account)
        return EmptyStructure()
    }
}
