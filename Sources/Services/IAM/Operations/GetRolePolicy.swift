import IAMModel
import ServiceKit
import Wire

/// Answers an inline policy of a role.
///
/// Source: API_GetRolePolicy in the IAM API Reference.
struct GetRolePolicy: OperationHandler {
    static let operation = IAMAPI.getRolePolicy
    let roles: RoleStore

    func access(
        for input: GetRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:GetRolePolicy",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: GetRolePolicyRequest, in context: RequestContext
    ) async throws -> GetRolePolicyResponse {
        let text = try await roles.policy(
            input.policyName, in: input.roleName, of: context.account)
        return GetRolePolicyResponse(
            roleName: input.roleName, policyName: input.policyName,
            policyDocument: PercentEncoding.encode(text))
    }
}
