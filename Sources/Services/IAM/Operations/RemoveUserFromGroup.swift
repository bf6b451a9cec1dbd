import IAMModel
import ServiceKit
import Wire

/// Takes a user out of a group.
///
/// Source: API_RemoveUserFromGroup in the IAM API Reference.
struct RemoveUserFromGroup: OperationHandler {
    static let operation = IAMAPI.removeUserFromGroup
    let store: IAMStore

    func access(
        for input: RemoveUserFromGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("RemoveUserFromGroup", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: RemoveUserFromGroupRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.remove(
            user: input.userName, fromGroup: input.groupName, of: context.account)
        return EmptyStructure()
    }
}
