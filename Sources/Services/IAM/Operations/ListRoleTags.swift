import IAMModel
import ServiceKit
import Wire

/// Lists the tags of a role, by key.
///
/// Source: API_ListRoleTags in the IAM API Reference.
struct ListRoleTags: OperationHandler {
    static let operation = IAMAPI.listRoleTags
    let roles: RoleStore

    func access(
        for input: ListRoleTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:ListRoleTags",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition))
        ]
    }

    func handle(
        _ input: ListRoleTagsRequest, in context: RequestContext
    ) async throws -> ListRoleTagsResponse {
        let (_, tags) = try await roles.taggedRole(input.roleName, of: context.account)
        // Keys may be longer than a marker, so a marker counts the tags before it.
        let passed = min(max(Int(try Page<Tag>.key(of: input.marker)) ?? 0, 0), tags.count)
        let count = input.maxItems ?? IAMLimits.defaultPageItems
        let page = Page(
            Array(tags.dropFirst(passed)), count: count, key: { _ in String(passed + count) })
        return ListRoleTagsResponse(
            tags: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
