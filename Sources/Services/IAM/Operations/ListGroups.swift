import IAMModel
import ServiceKit
import Wire

/// Lists the groups of the account.
///
/// Source: API_ListGroups in the IAM API Reference.
struct ListGroups: OperationHandler {
    static let operation = IAMAPI.listGroups
    let store: IAMStore

    func access(
        for input: ListGroupsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        store.accessToList("ListGroups", .group, under: input.pathPrefix, in: context)
    }

    func handle(
        _ input: ListGroupsRequest, in context: RequestContext
    ) async throws -> ListGroupsResponse {
        let page = try await store.page(
            .group, of: context.account, under: input.pathPrefix, marker: input.marker,
            count: input.maxItems)
        return ListGroupsResponse(
            groups: page.items.map { Group($0, in: context) }, isTruncated: page.isTruncated,
            marker: page.marker)
    }
}
