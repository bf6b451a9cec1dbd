import IAMModel
import ServiceKit
import Storage
import Wire

/// Gives the account a name.
///
/// Source: API_CreateAccountAlias in the IAM API Reference.
struct CreateAccountAlias: OperationHandler {
    static let operation = IAMAPI.createAccountAlias
    let store: IAMStore

    func access(
        for input: CreateAccountAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:CreateAccountAlias")]
    }

    func handle(
        _ input: CreateAccountAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let account = context.account
        try await store.write { transaction in
            let taken = try transaction.first(
                "SELECT 1 FROM settings WHERE name = 'alias' AND value = ?", input.accountAlias)
            guard taken == nil else {
                throw IAMError.entityAlreadyExistsException(
                    "The account alias \(input.accountAlias) already exists.")
            }
            try IAMStore.set(.alias, of: account, to: input.accountAlias, in: transaction)
        }
        return EmptyStructure()
    }
}
