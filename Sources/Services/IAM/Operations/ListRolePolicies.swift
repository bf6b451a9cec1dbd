import IAMModel
import ServiceKit
import Wire

/// Lists the names of the policies that stand in a role.
///
/// Source: API_ListRolePolicies in the IAM API Reference.
struct ListRolePolicies: OperationHandler {
    static let operation = IAMAPI.listRolePolicies
    let store: IAMStore

    func access(
        for input: ListRolePoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListRolePolicies", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: ListRolePoliciesRequest, in context: RequestContext
    ) async throws -> ListRolePoliciesResponse {
        let page = try await store.inlinePolicyNames(
            in: .role(input.roleName), of: context.account, marker: input.marker,
            count: input.maxItems)
        return ListRolePoliciesResponse(
            policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
