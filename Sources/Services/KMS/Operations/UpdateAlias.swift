import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Gives the name of a key to another key of the same kind and use.
///
/// Source: API_UpdateAlias in the KMS API Reference.
struct UpdateAlias: OperationHandler {
    static let operation = KMSAPI.updateAlias
    let keys: KeyDirectory

    func access(
        for input: UpdateAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try AliasName.check(target: input.targetKeyId)
        let alias = AccessRequest(
            "kms:UpdateAlias", on: context.arn("kms", input.aliasName).description)
        let former = try await keys.access("kms:UpdateAlias", to: input.aliasName, in: context)
        return [alias] + former
            + (try await keys.access("kms:UpdateAlias", to: input.targetKeyId, in: context))
    }

    func handle(
        _ input: UpdateAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try AliasName.check(input.aliasName)
        try AliasName.check(target: input.targetKeyId)
        let place = try KeyReference.keyID(input.targetKeyId, in: context)
        let arn = context.arn("kms", input.aliasName).description
        try await keys.store.database.write { [keys] transaction in
            let key = try transaction.key(place)
            try key.requireNotDying()
            guard
                let alias = try transaction.alias(
                    input.aliasName, account: context.account, region: context.region)
            else { throw KMSFailure.aliasNotFound(arn) }
            let former = try transaction.optionalKey(
                KeyPlace(account: alias.account, region: alias.region, id: alias.keyID))
            if let former, former.usage != key.usage || former.spec.family != key.spec.family {
                throw KMSFailure.validation(
                    "The current and the new KMS key of an alias must be of the same type and "
                        + "key usage.")
            }
            try transaction.execute(
                "UPDATE aliases SET key_id = ?, updated = ? "
                    + "WHERE account = ? AND region = ? AND name = ?",
                key.id, keys.clock.now, alias.account, alias.region, alias.name)
        }
        return EmptyStructure()
    }
}
