import IAMModel
import ServiceKit
import Wire

/// Lists the users of the account.
///
/// Source: API_ListUsers in the IAM API Reference.
struct ListUsers: OperationHandler {
    static let operation = IAMAPI.listUsers
    let store: IAMStore

    func access(
        for input: ListUsersRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        store.accessToList("ListUsers", .user, under: input.pathPrefix, in: context)
    }

    func handle(
        _ input: ListUsersRequest, in context: RequestContext
    ) async throws -> ListUsersResponse {
        let page = try await store.page(
            .user, of: context.account, under: input.pathPrefix, marker: input.marker,
            count: input.maxItems)
        return ListUsersResponse(
            users: page.items.map { User($0, tags: [], in: context, withBoundary: false) },
            isTruncated: page.isTruncated, marker: page.marker)
    }
}
