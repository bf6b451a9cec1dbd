import IAMModel
import ServiceKit
import Wire

/// Removes an instance profile that holds no role.
///
/// Source: API_DeleteInstanceProfile in the IAM API Reference.
struct DeleteInstanceProfile: OperationHandler {
    static let operation = IAMAPI.deleteInstanceProfile
    let store: IAMStore

    func access(
        for input: DeleteInstanceProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DeleteInstanceProfile", to: .instanceProfile(input.instanceProfileName), in: context)
    }

    func handle(
        _ input: DeleteInstanceProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let account = context.account
        let profile = EntityReference.instanceProfile(input.instanceProfileName)
        try await store.delete(profile, of: account) { transaction in
            guard try IAMStore.members(of: profile, of: account, in: transaction).isEmpty else {
                throw IAMError.deleteConflictException(
                    "Cannot delete entity, must remove roles from instance profile first.")
            }
        }
        return EmptyStructure()
    }
}
