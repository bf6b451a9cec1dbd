import KMSModel
import ServiceKit
import Storage
import Wire

/// Saves a key that was to be deleted. It is disabled then.
///
/// Source: API_CancelKeyDeletion in the KMS API Reference.
struct CancelKeyDeletion: OperationHandler {
    static let operation = KMSAPI.cancelKeyDeletion
    let keys: KeyDirectory

    func access(
        for input: CancelKeyDeletionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:CancelKeyDeletion", to: input.keyId, in: context)
    }

    func handle(
        _ input: CancelKeyDeletionRequest, in context: RequestContext
    ) async throws -> CancelKeyDeletionResponse {
        let place = try KeyReference.keyID(input.keyId, in: context)
        let key = try await keys.store.update(place) { [keys] key, transaction in
            guard key.state.isDying else {
                throw KMSError.kmsInvalidStateException("\(key.arn()) is not pending deletion.")
            }
            let isWhole = try transaction.materials(of: place).allSatisfy(\.isPresent)
            key.state = isWhole && key.materialID != nil ? .disabled : .pendingImport
            key.deletion = nil
            key.pendingDays = nil
            try KeyDeletion.cancel(place, on: keys.store.jobs, in: transaction)
        }
        return CancelKeyDeletionResponse(keyId: key.arn(partition: context.partition))
    }
}
