import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Gives a key a name.
///
/// Source: API_CreateAlias in the KMS API Reference.
struct CreateAlias: OperationHandler {
    static let operation = KMSAPI.createAlias
    let keys: KeyDirectory

    func access(
        for input: CreateAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try AliasName.check(input.aliasName)
        try AliasName.check(target: input.targetKeyId)
        return [
            AccessRequest(
                "kms:CreateAlias", on: context.arn("kms", input.aliasName).description)
        ]
            + (try await keys.access("kms:CreateAlias", to: input.targetKeyId, in: context))
    }

    func handle(
        _ input: CreateAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try AliasName.check(input.aliasName)
        try AliasName.check(target: input.targetKeyId)
        let place = try KeyReference.keyID(input.targetKeyId, in: context)
        let arn = context.arn("kms", input.aliasName)
        try await keys.store.database.write { [keys] transaction in
            let key = try transaction.key(place)
            try key.requireNotDying()
            guard try transaction.aliases(of: place).count < KMSLimits.aliasesPerKey else {
                throw KMSError.limitExceededException(
                    "A KMS key can have no more than \(KMSLimits.aliasesPerKey) aliases.")
            }
            guard
                try transaction.insertAlias(
                    input.aliasName, of: place, now: keys.clock.now)
            else {
                throw KMSError.alreadyExistsException(
                    "An alias with the name \(arn) already exists")
            }
        }
        return EmptyStructure()
    }
}
