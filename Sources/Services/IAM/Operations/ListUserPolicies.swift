import IAMModel
import ServiceKit
import Wire

/// Lists the names of the policies that stand in a user.
///
/// Source: API_ListUserPolicies in the IAM API Reference.
struct ListUserPolicies: OperationHandler {
    static let operation = IAMAPI.listUserPolicies
    let store: IAMStore

    func access(
        for input: ListUserPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListUserPolicies", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: ListUserPoliciesRequest, in context: RequestContext
    ) async throws -> ListUserPoliciesResponse {
        let page = try await store.inlinePolicyNames(
            in: .user(input.userName), of: context.account, marker: input.marker,
            count: input.maxItems)
        return ListUserPoliciesResponse(
            policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
