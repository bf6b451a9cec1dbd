import IAMModel
import ServiceKit
import Wire

/// Lists the names of the policies that stand in a group.
///
/// Source: API_ListGroupPolicies in the IAM API Reference.
struct ListGroupPolicies: OperationHandler {
    static let operation = IAMAPI.listGroupPolicies
    let store: IAMStore

    func access(
        for input: ListGroupPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListGroupPolicies", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: ListGroupPoliciesRequest, in context: RequestContext
    ) async throws -> ListGroupPoliciesResponse {
        let page = try await store.inlinePolicyNames(
            in: .group(input.groupName), of: context.account, marker: input.marker,
            count: input.maxItems)
        return ListGroupPoliciesResponse(
            policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
