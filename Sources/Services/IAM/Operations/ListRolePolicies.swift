import IAMModel
import ServiceKit
import Wire

/// Lists the names of a role's inline policies.
///
/// Source: API_ListRolePolicies in the IAM API Reference.
struct ListRolePolicies: OperationHandler {
    static let operation = IAMAPI.listRolePolicies
    let roles: RoleStore

    func access(
        for input: ListRolePoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:ListRolePolicies",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: ListRolePoliciesRequest, in context: RequestContext
    ) async throws -> ListRolePoliciesResponse {
        let count = input.maxItems ?? IAMLimits.defaultPageItems
        let names = try await roles.policyNames(
            in: input.roleName, of: context.account,
            after: Page<String>.key(of: input.marker), count: count)
        let page = Page(names, count: count, key: { $0 })
        return ListRolePoliciesResponse(
            policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
