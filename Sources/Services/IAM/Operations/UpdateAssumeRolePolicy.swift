import IAMModel
import ServiceKit
import Wire

/// Replaces the policy that says who may assume a role.
///
/// Source: API_UpdateAssumeRolePolicy in the IAM API Reference.
struct UpdateAssumeRolePolicy: OperationHandler {
    static let operation = IAMAPI.updateAssumeRolePolicy
    let roles: RoleStore

    func access(
        for input: UpdateAssumeRolePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:UpdateAssumeRolePolicy",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: UpdateAssumeRolePolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let trust = try PolicyDocument.trust(input.policyDocument)
        try await roles.update(input.roleName, of: context.account, trustPolicy: trust.text)
        return EmptyStructure()
    }
}
