import IAMModel
import ServiceKit
import Wire

/// Changes a user's password.
///
/// Source: API_UpdateLoginProfile in the IAM API Reference.
struct UpdateLoginProfile: OperationHandler {
    static let operation = IAMAPI.updateLoginProfile
    let store: IAMStore
    let passwords: PasswordSeal

    func access(
        for input: UpdateLoginProfileRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("UpdateLoginProfile", to: .user(name), in: context)
    }

    func handle(
        _ input: UpdateLoginProfileRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let account = context.account
        var sealed: String?
        if let password = input.password {
            try await store.passwordRules(of: account).check(password)
            sealed = passwords.seal(password, of: input.userName, account)
        }
        let changed = sealed
        let profile = EntityReference(.loginProfile, input.userName)
        try await store.update(profile, of: account) { profile in
            profile.document = changed ?? profile.document
            if let isRequired = input.passwordResetRequired {
                profile.details["reset"] = .boolean(isRequired)
            }
        }
        return EmptyStructure()
    }
}
