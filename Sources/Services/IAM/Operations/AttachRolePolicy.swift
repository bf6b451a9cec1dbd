import IAMModel
import ServiceKit
import Wire

/// Attaches a managed policy to a role.
///
/// Source: API_AttachRolePolicy in the IAM API Reference.
struct AttachRolePolicy: OperationHandler {
    static let operation = IAMAPI.attachRolePolicy
    let store: IAMStore

    func access(
        for input: AttachRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "AttachRolePolicy", to: .role(input.roleName), in: context,
            keys: ["iam:PolicyARN": [input.policyArn]])
    }

    func handle(
        _ input: AttachRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.attach(
            PolicyARN.required(input.policyArn), to: .role(input.roleName), of: context.account,
            at: context.time)
        return EmptyStructure()
    }
}
