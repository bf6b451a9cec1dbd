import IAMModel
import ServiceKit
import Wire

/// Gives a group another name or path.
///
/// Source: API_UpdateGroup in the IAM API Reference.
struct UpdateGroup: OperationHandler {
    static let operation = IAMAPI.updateGroup
    let store: IAMStore

    func access(
        for input: UpdateGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateGroup", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: UpdateGroupRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.rename(
            .group(input.groupName), of: context.account, to: input.newGroupName,
            path: input.newPath)
        return EmptyStructure()
    }
}
