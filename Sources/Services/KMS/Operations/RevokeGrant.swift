import KMSModel
import ServiceKit
import Storage
import Wire

/// Ends a grant, at the wish of who administers the key.
///
/// Source: API_RevokeGrant in the KMS API Reference.
struct RevokeGrant: OperationHandler {
    static let operation = KMSAPI.revokeGrant
    let keys: KeyDirectory

    func access(
        for input: RevokeGrantRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:RevokeGrant", to: input.keyId, in: context)
    }

    func handle(
        _ input: RevokeGrantRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.database.write { transaction in
            try transaction.key(place).requireNotDying()
            try transaction.deleteGrant(input.grantId, of: place)
            try KMSFailure.endDryRun(input.dryRun)
        }
        return EmptyStructure()
    }
}
