import IAMModel
import ServiceKit
import Wire

/// Lists the instance profiles of a role, of which there are none: `CreateInstanceProfile` is not served. Deployment
/// tools ask before they delete a role.
///
/// Source: API_ListInstanceProfilesForRole in the IAM API Reference.
struct ListInstanceProfilesForRole: OperationHandler {
    static let operation = IAMAPI.listInstanceProfilesForRole
    let roles: RoleStore

    func access(
        for input: ListInstanceProfilesForRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:ListInstanceProfilesForRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: ListInstanceProfilesForRoleRequest, in context: RequestContext
    ) async throws -> ListInstanceProfilesForRoleResponse {
        _ = try await roles.role(input.roleName, of: context.account)
        return ListInstanceProfilesForRoleResponse(instanceProfiles: [], isTruncated: false)
    }
}
