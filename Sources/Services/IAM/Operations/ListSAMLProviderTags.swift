import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a provider, by key.
///
/// Source: API_ListSAMLProviderTags in the IAM API Reference.
struct ListSAMLProviderTags: OperationHandler {
    static let operation = IAMAPI.listSAMLProviderTags
    let store: IAMStore

    func access(
        for input: ListSAMLProviderTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access(
            "ListSAMLProviderTags", to: reference, in: context)
    }

    func handle(
        _ input: ListSAMLProviderTagsRequest, in context: RequestContext
    ) async throws -> ListSAMLProviderTagsResponse {
        let page = try await store.tagPage(
            try EntityReference(samlProvider: input.samlProviderArn), of: context.account,
            marker: input.marker, count: input.maxItems)
        return ListSAMLProviderTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
