import IAMModel
import ServiceKit
import Wire

/// Lists the roles of the account.
///
/// Source: API_ListRoles in the IAM API Reference.
struct ListRoles: OperationHandler {
    static let operation = IAMAPI.listRoles
    let store: IAMStore

    func access(
        for input: ListRolesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        store.accessToList("ListRoles", .role, under: input.pathPrefix, in: context)
    }

    func handle(
        _ input: ListRolesRequest, in context: RequestContext
    ) async throws -> ListRolesResponse {
        let page = try await store.page(
            .role, of: context.account, under: input.pathPrefix, marker: input.marker,
            count: input.maxItems)
        let roles: [Role] = page.items.map { stored in
            var role = Role(stored, in: context.partition)
            role.describe(stored)
            return role
        }
        return ListRolesResponse(
            roles: roles, isTruncated: page.isTruncated, marker: page.marker)
    }
}
