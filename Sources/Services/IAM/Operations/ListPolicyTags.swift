import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a policy, by key.
///
/// Source: API_ListPolicyTags in the IAM API Reference.
struct ListPolicyTags: OperationHandler {
    static let operation = IAMAPI.listPolicyTags
    let store: IAMStore

    func access(
        for input: ListPolicyTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference.policy(input.policyArn)
        return try await store.access(
            "ListPolicyTags", to: reference, in: context)
    }

    func handle(
        _ input: ListPolicyTagsRequest, in context: RequestContext
    ) async throws -> ListPolicyTagsResponse {
        let page = try await store.tagPage(
            try EntityReference.policy(input.policyArn), of: context.account, marker: input.marker,
            count: input.maxItems)
        return ListPolicyTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
