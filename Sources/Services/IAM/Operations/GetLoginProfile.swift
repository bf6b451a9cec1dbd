import IAMModel
import ServiceKit
import Wire

/// Tells whether a user has a password.
///
/// Source: API_GetLoginProfile in the IAM API Reference.
struct GetLoginProfile: OperationHandler {
    static let operation = IAMAPI.getLoginProfile
    let store: IAMStore

    func access(
        for input: GetLoginProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("GetLoginProfile", to: .user(name), in: context)
    }

    func handle(
        _ input: GetLoginProfileRequest, in context: RequestContext
    ) async throws -> GetLoginProfileResponse {
        let user = try context.userName(or: input.userName)
        let account = context.account
        let profile = try await store.read { transaction in
            _ = try IAMStore.entity(.user(user), of: account, in: transaction)
            return try IAMStore.entity(
                EntityReference(.loginProfile, user), of: account, in: transaction)
        }
        return GetLoginProfileResponse(loginProfile: LoginProfile(profile))
    }
}
