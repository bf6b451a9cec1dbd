import IAMModel
import ServiceKit
import Wire

/// Takes the account's name away.
///
/// Source: API_DeleteAccountAlias in the IAM API Reference.
struct DeleteAccountAlias: OperationHandler {
    static let operation = IAMAPI.deleteAccountAlias
    let store: IAMStore

    func access(
        for input: DeleteAccountAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:DeleteAccountAlias")]
    }

    func handle(
        _ input: DeleteAccountAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        guard try await store.setting(.alias, of: context.account) == input.accountAlias else {
            throw IAMError.noSuchEntityException(
                "The account alias with name \(input.accountAlias) cannot be found.")
        }
        try await store.set(.alias, of: context.account, to: nil)
        return EmptyStructure()
    }
}
