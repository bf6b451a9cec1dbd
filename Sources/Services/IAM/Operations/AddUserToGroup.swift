import IAMModel
import ServiceKit
import Wire

/// Puts a user into a group.
///
/// Source: API_AddUserToGroup in the IAM API Reference.
struct AddUserToGroup: OperationHandler {
    static let operation = IAMAPI.addUserToGroup
    let store: IAMStore

    func access(
        for input: AddUserToGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("AddUserToGroup", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: AddUserToGroupRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.add(user: input.userName, toGroup: input.groupName, of: context.account)
        return EmptyStructure()
    }
}
