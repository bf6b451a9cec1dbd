import KMSModel
import ServiceKit
import Storage
import Wire

/// Describes a key in other words.
///
/// Source: API_UpdateKeyDescription in the KMS API Reference.
struct UpdateKeyDescription: OperationHandler {
    static let operation = KMSAPI.updateKeyDescription
    let keys: KeyDirectory

    func access(
        for input: UpdateKeyDescriptionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:UpdateKeyDescription", to: input.keyId, in: context)
    }

    func handle(
        _ input: UpdateKeyDescriptionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.update(place) { key, _ in
            try key.requireOwn()
            try key.requireNotDying()
            key.description = input.description
        }
        return EmptyStructure()
    }
}
