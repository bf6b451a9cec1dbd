import IAMModel
import ServiceKit
import Wire

/// Lists the managed policies of the account and of AWS.
///
/// Source: API_ListPolicies in the IAM API Reference.
struct ListPolicies: OperationHandler {
    static let operation = IAMAPI.listPolicies
    let store: IAMStore

    func access(
        for input: ListPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:ListPolicies")]
    }

    func handle(
        _ input: ListPoliciesRequest, in context: RequestContext
    ) async throws -> ListPoliciesResponse {
        let policies = try await store.policies(
            PolicyFilter(
                scope: input.scope ?? "All", isAttachedOnly: input.onlyAttached ?? false,
                prefix: input.pathPrefix ?? "/", usage: input.policyUsageFilter), in: context)
        let page = try Page(
            all: policies, marker: input.marker, count: input.maxItems, key: { $0.arn ?? "" })
        return ListPoliciesResponse(
            policies: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
