import IAMModel
import ServiceKit
import Wire

/// Answers a group and the users in it.
///
/// Source: API_GetGroup in the IAM API Reference.
struct GetGroup: OperationHandler {
    static let operation = IAMAPI.getGroup
    let store: IAMStore

    func access(
        for input: GetGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetGroup", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: GetGroupRequest, in context: RequestContext
    ) async throws -> GetGroupResponse {
        let (group, users) = try await store.group(input.groupName, of: context.account)
        let page = try Page(
            all: users, marker: input.marker, count: input.maxItems, key: \.reference.foldedName)
        return GetGroupResponse(
            group: Group(group, in: context),
            users: page.items.map { User($0, tags: [], in: context, withBoundary: false) },
            isTruncated: page.isTruncated, marker: page.marker)
    }
}
