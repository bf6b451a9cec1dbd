import KMSModel
import ServiceKit
import Storage
import Wire

/// Leaves a key the material that it has.
///
/// Source: API_DisableKeyRotation in the KMS API Reference.
struct DisableKeyRotation: OperationHandler {
    static let operation = KMSAPI.disableKeyRotation
    let keys: KeyDirectory

    func access(
        for input: DisableKeyRotationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:DisableKeyRotation", to: input.keyId, in: context)
    }

    func handle(
        _ input: DisableKeyRotationRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.update(place) { [keys] key, transaction in
            try key.requireOwn()
            try key.requireRotatable()
            key.rotationDays = nil
            key.nextRotation = nil
            try KeyRotation.cancel(place, on: keys.store.jobs, in: transaction)
        }
        return EmptyStructure()
    }
}
