import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a instance profile, by key.
///
/// Source: API_ListInstanceProfileTags in the IAM API Reference.
struct ListInstanceProfileTags: OperationHandler {
    static let operation = IAMAPI.listInstanceProfileTags
    let store: IAMStore

    func access(
        for input: ListInstanceProfileTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListInstanceProfileTags", to: .instanceProfile(input.instanceProfileName), in: context)
    }

    func handle(
        _ input: ListInstanceProfileTagsRequest, in context: RequestContext
    ) async throws -> ListInstanceProfileTagsResponse {
        let page = try await store.tagPage(
            .instanceProfile(input.instanceProfileName), of: context.account, marker: input.marker,
            count: input.maxItems)
        return ListInstanceProfileTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
