import IAMModel
import ServiceKit
import Wire

/// Writes a policy into a role.
///
/// Source: API_PutRolePolicy in the IAM API Reference.
struct PutRolePolicy: OperationHandler {
    static let operation = IAMAPI.putRolePolicy
    let store: IAMStore

    func access(
        for input: PutRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("PutRolePolicy", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: PutRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let policy = try PolicyDocument.permissions(input.policyDocument)
        try await store.put(
            policy, named: input.policyName, in: .role(input.roleName), of: context.account)
        return EmptyStructure()
    }
}
