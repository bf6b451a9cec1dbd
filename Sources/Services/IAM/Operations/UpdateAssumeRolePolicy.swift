import IAMModel
import ServiceKit
import Wire

/// Replaces the policy that says who may assume a role.
///
/// Source: API_UpdateAssumeRolePolicy in the IAM API Reference.
struct UpdateAssumeRolePolicy: OperationHandler {
    static let operation = IAMAPI.updateAssumeRolePolicy
    let store: IAMStore

    func access(
        for input: UpdateAssumeRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateAssumeRolePolicy", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: UpdateAssumeRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let trust = try PolicyDocument.trust(input.policyDocument)
        try await store.update(.role(input.roleName), of: context.account) { role in
            role.document = trust.text
        }
        return EmptyStructure()
    }
}
