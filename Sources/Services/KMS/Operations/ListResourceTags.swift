import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the tags of a key.
///
/// Source: API_ListResourceTags in the KMS API Reference.
struct ListResourceTags: OperationHandler {
    static let operation = KMSAPI.listResourceTags
    let keys: KeyDirectory

    func access(
        for input: ListResourceTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:ListResourceTags", to: input.keyId, in: context)
    }

    func handle(
        _ input: ListResourceTagsRequest, in context: RequestContext
    ) async throws -> ListResourceTagsResponse {
        let limit = try Marker.limit(
            input.limit, standard: KMSLimits.otherPage, largest: KMSLimits.largestOtherPage)
        let after = try Marker.name(in: input.marker)
        let place = try await keys.findByID(input.keyId, in: context).place
        let tags = try await keys.store.database.read { try $0.tags(of: place) }
        let page = Page(tags.filter { $0.tagKey > after }, limit: limit, name: \.tagKey)
        return ListResourceTagsResponse(
            tags: page.entries, nextMarker: page.nextMarker, truncated: page.isTruncated)
    }
}
