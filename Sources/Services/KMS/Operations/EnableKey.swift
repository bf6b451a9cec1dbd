import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Lets a key that was disabled be used again.
///
/// Source: API_EnableKey in the KMS API Reference.
struct EnableKey: OperationHandler {
    static let operation = KMSAPI.enableKey
    let keys: KeyDirectory

    func access(
        for input: EnableKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:EnableKey", to: input.keyId, in: context)
    }

    func handle(
        _ input: EnableKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.update(place) { [keys] key, transaction in
            try key.requireSettled()
            key.state = .enabled
            // A rotation that fell due meanwhile is made up for.
            if let next = key.nextRotation, next <= keys.clock.now {
                try KeyRotation.enqueue(place, at: next, on: keys.store.jobs, in: transaction)
            }
        }
        return EmptyStructure()
    }
}

extension KeyRecord {
    /// Checks that the key is enabled or disabled, and can be made the other.
    ///
    /// - Throws: `KMSInvalidStateException`, `UnsupportedOperationException`.
    func requireSettled() throws {
        try requireOwn()
        try requireNotDying()
        if state == .pendingImport { try requireEnabled() }
    }
}
