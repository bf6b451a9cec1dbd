import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the grants of a key.
///
/// Source: API_ListGrants in the KMS API Reference.
struct ListGrants: OperationHandler {
    static let operation = KMSAPI.listGrants
    let keys: KeyDirectory

    func access(
        for input: ListGrantsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:ListGrants", to: input.keyId, in: context)
    }

    func handle(
        _ input: ListGrantsRequest, in context: RequestContext
    ) async throws -> ListGrantsResponse {
        let limit = try Marker.limit(
            input.limit, standard: KMSLimits.otherPage, largest: KMSLimits.largestOtherPage)
        let after = try Marker.name(in: input.marker)
        let key = try await keys.findByID(input.keyId, in: context)
        try key.requireNotDying()
        let grants = try await keys.store.database.read { transaction in
            try transaction.grants(
                of: key.place, grantID: input.grantId, grantee: input.granteePrincipal,
                after: after, limit: limit + 1)
        }
        let page = Page(grants, limit: limit, name: \.id)
        return ListGrantsResponse(
            grants: page.entries.map { $0.entry(of: key) }, nextMarker: page.nextMarker,
            truncated: page.isTruncated)
    }
}
