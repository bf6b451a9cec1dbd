import IAMModel
import ServiceKit
import Wire

/// Lists the groups that a user is in.
///
/// Source: API_ListGroupsForUser in the IAM API Reference.
struct ListGroupsForUser: OperationHandler {
    static let operation = IAMAPI.listGroupsForUser
    let store: IAMStore

    func access(
        for input: ListGroupsForUserRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListGroupsForUser", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: ListGroupsForUserRequest, in context: RequestContext
    ) async throws -> ListGroupsForUserResponse {
        let groups = try await store.groups(of: input.userName, of: context.account)
        let page = try Page(
            all: groups, marker: input.marker, count: input.maxItems, key: \.reference.foldedName)
        return ListGroupsForUserResponse(
            groups: page.items.map { Group($0, in: context) }, isTruncated: page.isTruncated,
            marker: page.marker)
    }
}
