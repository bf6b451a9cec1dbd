import IAMModel
import ServiceKit
import Wire

/// Lists the managed policies of a role, of which there are none: `AttachRolePolicy` is not served. Deployment
/// tools ask for every role that they read.
///
/// Source: API_ListAttachedRolePolicies in the IAM API Reference.
struct ListAttachedRolePolicies: OperationHandler {
    static let operation = IAMAPI.listAttachedRolePolicies
    let roles: RoleStore

    func access(
        for input: ListAttachedRolePoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:ListAttachedRolePolicies",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: ListAttachedRolePoliciesRequest, in context: RequestContext
    ) async throws -> ListAttachedRolePoliciesResponse {
        _ = try await roles.role(input.roleName, of: context.account)
        return ListAttachedRolePoliciesResponse(attachedPolicies: [], isTruncated: false)
    }
}
