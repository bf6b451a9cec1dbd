import IAMModel
import ServiceKit
import Wire

/// Sets the rules for the passwords of users.
///
/// Source: API_UpdateAccountPasswordPolicy in the IAM API Reference.
struct UpdateAccountPasswordPolicy: OperationHandler {
    static let operation = IAMAPI.updateAccountPasswordPolicy
    let store: IAMStore

    func access(
        for input: UpdateAccountPasswordPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:UpdateAccountPasswordPolicy")]
    }

    func handle(
        _ input: UpdateAccountPasswordPolicyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let rules = PasswordRules(input)
        try await store.set(
            .passwordPolicy, of: context.account, to: rules.document.jsonText)
        return EmptyStructure()
    }
}
