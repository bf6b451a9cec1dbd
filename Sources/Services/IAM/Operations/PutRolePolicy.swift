import IAMModel
import ServiceKit
import Wire

/// Adds an inline policy to a role, or replaces it.
///
/// Source: API_PutRolePolicy in the IAM API Reference.
struct PutRolePolicy: OperationHandler {
    static let operation = IAMAPI.putRolePolicy
    let roles: RoleStore

    func access(
        for input: PutRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:PutRolePolicy",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: PutRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let policy = try PolicyDocument.permissions(input.policyDocument)
        try await roles.put(
            policy, named: input.policyName, in: input.roleName, of: context.account)
        return EmptyStructure()
    }
}
