import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a certificate for servers, by key.
///
/// Source: API_ListServerCertificateTags in the IAM API Reference.
struct ListServerCertificateTags: OperationHandler {
    static let operation = IAMAPI.listServerCertificateTags
    let store: IAMStore

    func access(
        for input: ListServerCertificateTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListServerCertificateTags",
            to: EntityReference(.serverCertificate, input.serverCertificateName), in: context)
    }

    func handle(
        _ input: ListServerCertificateTagsRequest, in context: RequestContext
    ) async throws -> ListServerCertificateTagsResponse {
        let page = try await store.tagPage(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account,
            marker: input.marker,
            count: input.maxItems)
        return ListServerCertificateTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
