import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a user, by key.
///
/// Source: API_ListUserTags in the IAM API Reference.
struct ListUserTags: OperationHandler {
    static let operation = IAMAPI.listUserTags
    let store: IAMStore

    func access(
        for input: ListUserTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListUserTags", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: ListUserTagsRequest, in context: RequestContext
    ) async throws -> ListUserTagsResponse {
        let page = try await store.tagPage(
            .user(input.userName), of: context.account, marker: input.marker, count: input.maxItems)
        return ListUserTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
