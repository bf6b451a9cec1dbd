import IAMModel
import ServiceKit
import Wire

/// Lists the managed policies of a group.
///
/// Source: API_ListAttachedGroupPolicies in the IAM API Reference.
struct ListAttachedGroupPolicies: OperationHandler {
    static let operation = IAMAPI.listAttachedGroupPolicies
    let store: IAMStore

    func access(
        for input: ListAttachedGroupPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListAttachedGroupPolicies", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: ListAttachedGroupPoliciesRequest, in context: RequestContext
    ) async throws -> ListAttachedGroupPoliciesResponse {
        let page = try await store.attachedPolicies(
            of: .group(input.groupName), of: context.account, under: input.pathPrefix,
            marker: input.marker,
            count: input.maxItems)
        return ListAttachedGroupPoliciesResponse(
            attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
