import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the account's keys of the region.
///
/// Source: API_ListKeys in the KMS API Reference.
struct ListKeys: OperationHandler {
    static let operation = KMSAPI.listKeys
    let keys: KeyDirectory

    func access(for input: ListKeysRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("kms:ListKeys")]
    }

    func handle(
        _ input: ListKeysRequest, in context: RequestContext
    ) async throws -> ListKeysResponse {
        let limit = input.limit ?? KMSLimits.keyPage
        let ids = try await keys.store.keys(
            account: context.account, region: context.region,
            after: Marker.name(in: input.marker), limit: limit + 1)
        let page = Page(ids, limit: limit) { $0 }
        return ListKeysResponse(
            keys: page.entries.map { id in
                KeyListEntry(keyId: id, keyArn: context.arn("kms", "key/\(id)").description)
            }, nextMarker: page.nextMarker, truncated: page.isTruncated)
    }
}
