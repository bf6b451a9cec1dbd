import IAMModel
import ServiceKit
import Wire

/// Answers a policy that stands in a role.
///
/// Source: API_GetRolePolicy in the IAM API Reference.
struct GetRolePolicy: OperationHandler {
    static let operation = IAMAPI.getRolePolicy
    let store: IAMStore

    func access(
        for input: GetRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetRolePolicy", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: GetRolePolicyRequest, in context: RequestContext
    ) async throws -> GetRolePolicyResponse {
        let document = try await store.inlinePolicy(
            input.policyName, in: .role(input.roleName), of: context.account)
        return GetRolePolicyResponse(
            roleName: input.roleName, policyName: input.policyName,
            policyDocument: PercentEncoding.encode(document))
    }
}
