import IAMModel
import ServiceKit
import Wire

/// Lists the roles of the account.
///
/// Source: API_ListRoles in the IAM API Reference.
struct ListRoles: OperationHandler {
    static let operation = IAMAPI.listRoles
    let roles: RoleStore

    func access(
        for input: ListRolesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let resource =
            "arn:\(context.partition):iam::\(context.account):role\(input.pathPrefix ?? "/")*"
        return [AccessRequest("iam:ListRoles", on: resource)]
    }

    func handle(
        _ input: ListRolesRequest, in context: RequestContext
    ) async throws -> ListRolesResponse {
        let count = input.maxItems ?? IAMLimits.defaultPageItems
        let stored = try await roles.roles(
            of: context.account, under: input.pathPrefix ?? "/",
            after: Page<StoredRole>.key(of: input.marker), count: count)
        let page = Page(stored, count: count, key: { $0.name.lowercased() })
        let roles: [Role] = page.items.map { stored in
            var role = Role(stored, in: context.partition)
            role.describe(stored)
            return role
        }
        return ListRolesResponse(
            roles: roles, isTruncated: page.isTruncated, marker: page.marker)
    }
}
