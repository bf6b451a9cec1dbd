import IAMModel
import ServiceKit
import Wire

/// Removes a group that is empty.
///
/// Source: API_DeleteGroup in the IAM API Reference.
struct DeleteGroup: OperationHandler {
    static let operation = IAMAPI.deleteGroup
    let store: IAMStore

    func access(
        for input: DeleteGroupRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteGroup", to: .group(input.groupName), in: context)
    }

    func handle(
        _ input: DeleteGroupRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let (account, group) = (context.account, EntityReference.group(input.groupName))
        try await store.delete(group, of: account) { transaction in
            guard try IAMStore.members(of: group, of: account, in: transaction).isEmpty else {
                throw IAMError.deleteConflictException(
                    "Cannot delete entity, must remove users from group first.")
            }
            try IAMStore.checkHasNoPolicies(group, of: account, in: transaction)
        }
        return EmptyStructure()
    }
}
