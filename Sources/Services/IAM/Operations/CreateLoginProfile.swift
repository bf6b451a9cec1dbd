import IAMModel
import ServiceKit
import Wire

/// Gives a user a password.
///
/// Source: API_CreateLoginProfile in the IAM API Reference.
struct CreateLoginProfile: OperationHandler {
    static let operation = IAMAPI.createLoginProfile
    let store: IAMStore
    let passwords: PasswordSeal

    func access(
        for input: CreateLoginProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("CreateLoginProfile", to: .user(name), in: context)
    }

    func handle(
        _ input: CreateLoginProfileRequest, in context: RequestContext
    ) async throws -> CreateLoginProfileResponse {
        let user = try context.userName(or: input.userName)
        let account = context.account
        let password = input.password ?? ""
        try await store.passwordRules(of: account).check(password)
        var profile = Entity(
            account: account, reference: EntityReference(.loginProfile, user),
            created: context.time)
        profile.document = passwords.seal(password, of: user, account)
        profile.details["reset"] = .boolean(input.passwordResetRequired ?? false)
        let made = profile
        try await store.write { transaction in
            _ = try IAMStore.entity(.user(user), of: account, in: transaction)
            try IAMStore.create(made, in: transaction)
        }
        return CreateLoginProfileResponse(loginProfile: LoginProfile(made))
    }
}
