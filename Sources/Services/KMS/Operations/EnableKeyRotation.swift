import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Gives a key new material every so many days. What was encrypted before stays readable.
///
/// Source: API_EnableKeyRotation in the KMS API Reference.
struct EnableKeyRotation: OperationHandler {
    static let operation = KMSAPI.enableKeyRotation
    let keys: KeyDirectory

    func access(
        for input: EnableKeyRotationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let days = input.rotationPeriodInDays ?? KMSLimits.defaultRotationDays
        return try await keys.access(
            "kms:EnableKeyRotation", to: input.keyId, in: context,
            ["kms:RotationPeriodInDays": ["\(days)"]])
    }

    func handle(
        _ input: EnableKeyRotationRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.update(place) { [keys] key, transaction in
            try key.requireOwn()
            try key.requireRotatable()
            let days =
                input.rotationPeriodInDays ?? key.rotationDays ?? KMSLimits.defaultRotationDays
            guard key.rotationDays != days else { return }
            let next = keys.clock.now + .seconds(days * 86_400)
            key.rotationDays = days
            key.nextRotation = next
            try KeyRotation.enqueue(place, at: next, on: keys.store.jobs, in: transaction)
        }
        return EmptyStructure()
    }
}

extension KeyRecord {
    /// Checks that the key is of a kind that rotates on a schedule, and that its rotation is its own: that of a
    /// multi-region key is its primary's.
    ///
    /// - Throws: `UnsupportedOperationException`, `DisabledException`, `KMSInvalidStateException`.
    func requireRotatable() throws {
        try requireEnabled()
        guard spec == .symmetric, origin == .kms, !isMultiRegion || isPrimary else {
            throw KMSFailure.unsupported("")
        }
    }
}
