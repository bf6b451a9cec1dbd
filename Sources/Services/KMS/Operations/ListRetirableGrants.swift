import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the grants that somebody can retire.
///
/// Source: API_ListRetirableGrants in the KMS API Reference.
struct ListRetirableGrants: OperationHandler {
    static let operation = KMSAPI.listRetirableGrants
    let keys: KeyDirectory

    func access(
        for input: ListRetirableGrantsRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [AccessRequest("kms:ListRetirableGrants")]
    }

    func handle(
        _ input: ListRetirableGrantsRequest, in context: RequestContext
    ) async throws -> ListGrantsResponse {
        let limit = try Marker.limit(
            input.limit, standard: KMSLimits.otherPage, largest: KMSLimits.largestOtherPage)
        let after = try Marker.name(in: input.marker)
        let found = try await keys.store.database.read { transaction in
            try transaction.grants(
                retirableBy: input.retiringPrincipal, account: context.account,
                region: context.region, after: after, limit: limit + 1
            ).map { found in
                let place = KeyPlace(
                    account: context.account, region: context.region, id: found.keyID)
                return (grant: found.grant, key: try transaction.key(place))
            }
        }
        let page = Page(found, limit: limit) { $0.grant.id }
        return ListGrantsResponse(
            grants: page.entries.map { $0.grant.entry(of: $0.key) }, nextMarker: page.nextMarker,
            truncated: page.isTruncated)
    }
}
