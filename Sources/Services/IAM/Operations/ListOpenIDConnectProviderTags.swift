import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a provider, by key.
///
/// Source: API_ListOpenIDConnectProviderTags in the IAM API Reference.
struct ListOpenIDConnectProviderTags: OperationHandler {
    static let operation = IAMAPI.listOpenIDConnectProviderTags
    let store: IAMStore

    func access(
        for input: ListOpenIDConnectProviderTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "ListOpenIDConnectProviderTags", to: reference, in: context)
    }

    func handle(
        _ input: ListOpenIDConnectProviderTagsRequest, in context: RequestContext
    ) async throws -> ListOpenIDConnectProviderTagsResponse {
        let page = try await store.tagPage(
            try EntityReference(openIDProvider: input.openIDConnectProviderArn),
            of: context.account, marker: input.marker, count: input.maxItems)
        return ListOpenIDConnectProviderTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
