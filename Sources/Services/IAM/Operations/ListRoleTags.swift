import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a role, by key.
///
/// Source: API_ListRoleTags in the IAM API Reference.
struct ListRoleTags: OperationHandler {
    static let operation = IAMAPI.listRoleTags
    let store: IAMStore

    func access(
        for input: ListRoleTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListRoleTags", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: ListRoleTagsRequest, in context: RequestContext
    ) async throws -> ListRoleTagsResponse {
        let page = try await store.tagPage(
            .role(input.roleName), of: context.account, marker: input.marker, count: input.maxItems)
        return ListRoleTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
