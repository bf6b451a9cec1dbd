import IAMModel
import ServiceKit
import Wire

/// Goes back to the rules that AWS has for passwords.
///
/// Source: API_DeleteAccountPasswordPolicy in the IAM API Reference.
struct DeleteAccountPasswordPolicy: OperationHandler {
    static let operation = IAMAPI.deleteAccountPasswordPolicy
    let store: IAMStore

    func access(
        for input: EmptyStructure, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:DeleteAccountPasswordPolicy")]
    }

    func handle(
        _ input: EmptyStructure, in context: RequestContext
    ) async throws -> EmptyStructure {
        guard try await store.setting(.passwordPolicy, of: context.account) != nil else {
            throw IAMError.noSuchEntityException(
                "The account policy with name PasswordPolicy cannot be found.")
        }
        try await store.set(.passwordPolicy, of: context.account, to: nil)
        return EmptyStructure()
    }
}
