import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the names of keys, those that AWS keeps for its services among them. Those have no key until they are used.
///
/// Source: API_ListAliases in the KMS API Reference.
struct ListAliases: OperationHandler {
    static let operation = KMSAPI.listAliases
    let keys: KeyDirectory

    func access(for input: ListAliasesRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("kms:ListAliases")]
    }

    func handle(
        _ input: ListAliasesRequest, in context: RequestContext
    ) async throws -> ListAliasesResponse {
        let limit = try Marker.limit(
            input.limit, standard: KMSLimits.otherPage, largest: KMSLimits.largestOtherPage)
        let after = try Marker.name(in: input.marker)
        let key: KeyRecord?
        if let id = input.keyId {
            key = try await keys.findByID(id, in: context)
        } else {
            key = nil
        }
        let stored = try await keys.store.database.read { transaction in
            try transaction.aliases(
                account: key?.account ?? context.account, region: context.region, keyID: key?.id,
                after: after, limit: limit + 1)
        }
        var entries = stored.map { entry($0, in: context) }
        if key == nil {
            let known = Set(stored.map(\.name))
            entries += AliasName.managed.filter { $0 > after && !known.contains($0) }.map {
                AliasListEntry(aliasName: $0, aliasArn: context.arn("kms", $0).description)
            }
            entries.sort { ($0.aliasName ?? "") < ($1.aliasName ?? "") }
        }
        let page = Page(entries, limit: limit) { $0.aliasName ?? "" }
        return ListAliasesResponse(
            aliases: page.entries, nextMarker: page.nextMarker, truncated: page.isTruncated)
    }

    private func entry(_ alias: AliasRecord, in context: RequestContext) -> AliasListEntry {
        let arn = ARN(
            partition: context.partition, service: "kms", region: alias.region,
            account: alias.account, resource: alias.name)
        return AliasListEntry(
            aliasName: alias.name, aliasArn: arn.description, targetKeyId: alias.keyID,
            creationDate: alias.created, lastUpdatedDate: alias.updated)
    }
}
