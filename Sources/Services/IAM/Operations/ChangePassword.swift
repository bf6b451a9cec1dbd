import IAMModel
import ServiceKit
import Wire

/// Changes the caller's own password.
///
/// Source: API_ChangePassword in the IAM API Reference.
struct ChangePassword: OperationHandler {
    static let operation = IAMAPI.changePassword
    let store: IAMStore
    let passwords: PasswordSeal

    func access(
        for input: ChangePasswordRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: nil)
        return try await store.access("ChangePassword", to: .user(name), in: context)
    }

    func handle(
        _ input: ChangePasswordRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        guard case .user(let account, _, let name, _) = context.principal else {
            throw IAMError.invalidUserTypeException(
                "Only IAM Users can change their own password")
        }
        try await store.passwordRules(of: account).check(input.newPassword)
        let profile = EntityReference(.loginProfile, name)
        let stored = try await store.entity(profile, of: account)
        guard passwords.matches(input.oldPassword, stored.document ?? "", of: name, account) else {
            throw AWSError(
                "AccessDenied", "The old password was incorrect.", status: 403)
        }
        let sealed = passwords.seal(input.newPassword, of: name, account)
        try await store.update(profile, of: account) { profile in
            profile.document = sealed
            profile.details["reset"] = .boolean(false)
        }
        return EmptyStructure()
    }
}
