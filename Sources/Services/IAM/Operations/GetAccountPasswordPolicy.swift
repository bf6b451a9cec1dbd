import IAMModel
import ServiceKit
import Wire

/// Answers the rules for the passwords of users.
///
/// Source: API_GetAccountPasswordPolicy in the IAM API Reference.
struct GetAccountPasswordPolicy: OperationHandler {
    static let operation = IAMAPI.getAccountPasswordPolicy
    let store: IAMStore

    func access(
        for input: EmptyStructure, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetAccountPasswordPolicy")]
    }

    func handle(
        _ input: EmptyStructure, in context: RequestContext
    ) async throws -> GetAccountPasswordPolicyResponse {
        guard let text = try await store.setting(.passwordPolicy, of: context.account),
            let rules = PasswordRules(json: text)
        else {
            throw IAMError.noSuchEntityException(
                "The Password Policy with domain name \(context.account) cannot be found.")
        }
        return GetAccountPasswordPolicyResponse(passwordPolicy: rules.answer)
    }
}
