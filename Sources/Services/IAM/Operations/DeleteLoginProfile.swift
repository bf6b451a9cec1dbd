import IAMModel
import ServiceKit
import Wire

/// Takes a user's password away.
///
/// Source: API_DeleteLoginProfile in the IAM API Reference.
struct DeleteLoginProfile: OperationHandler {
    static let operation = IAMAPI.deleteLoginProfile
    let store: IAMStore

    func access(
        for input: DeleteLoginProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("DeleteLoginProfile", to: .user(name), in: context)
    }

    func handle(
        _ input: DeleteLoginProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let user = try context.userName(or: input.userName)
        _ = try await store.entity(.user(user), of: context.account)
        try await store.delete(EntityReference(.loginProfile, user), of: context.account)
        return EmptyStructure()
    }
}
