import KMSModel
import ServiceKit
import Storage
import Wire

/// Takes a name from its key.
///
/// Source: API_DeleteAlias in the KMS API Reference.
struct DeleteAlias: OperationHandler {
    static let operation = KMSAPI.deleteAlias
    let keys: KeyDirectory

    func access(
        for input: DeleteAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try AliasName.check(input.aliasName)
        return [
            AccessRequest(
                "kms:DeleteAlias", on: context.arn("kms", input.aliasName).description)
        ]
            + (try await keys.access("kms:DeleteAlias", to: input.aliasName, in: context))
    }

    func handle(
        _ input: DeleteAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try AliasName.check(input.aliasName)
        let arn = context.arn("kms", input.aliasName).description
        try await keys.store.database.write { transaction in
            let count = try transaction.execute(
                "DELETE FROM aliases WHERE account = ? AND region = ? AND name = ?",
                context.account, context.region, input.aliasName)
            guard count == 1 else { throw KMSFailure.aliasNotFound(arn) }
        }
        return EmptyStructure()
    }
}
