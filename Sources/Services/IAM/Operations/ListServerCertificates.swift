import IAMModel
import ServiceKit
import Wire

/// Lists the certificates for servers.
///
/// Source: API_ListServerCertificates in the IAM API Reference.
struct ListServerCertificates: OperationHandler {
    static let operation = IAMAPI.listServerCertificates
    let store: IAMStore

    func access(
        for input: ListServerCertificatesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        store.accessToList(
            "ListServerCertificates", .serverCertificate, under: input.pathPrefix, in: context)
    }

    func handle(
        _ input: ListServerCertificatesRequest, in context: RequestContext
    ) async throws -> ListServerCertificatesResponse {
        let page = try await store.page(
            .serverCertificate, of: context.account, under: input.pathPrefix,
            marker: input.marker, count: input.maxItems)
        return ListServerCertificatesResponse(
            serverCertificateMetadataList: page.items.map {
                ServerCertificateMetadata($0, in: context.partition)
            }, isTruncated: page.isTruncated, marker: page.marker)
    }
}
