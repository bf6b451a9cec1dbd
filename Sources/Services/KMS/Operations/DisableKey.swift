import KMSModel
import ServiceKit
import Storage
import Wire

/// Keeps a key from being used.
///
/// Source: API_DisableKey in the KMS API Reference.
struct DisableKey: OperationHandler {
    static let operation = KMSAPI.disableKey
    let keys: KeyDirectory

    func access(
        for input: DisableKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:DisableKey", to: input.keyId, in: context)
    }

    func handle(
        _ input: DisableKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.update(place) { key, _ in
            try key.requireSettled()
            key.state = .disabled
        }
        return EmptyStructure()
    }
}
