import KMSModel
import ServiceKit
import Storage
import Wire

/// Tells whether and when a key rotates.
///
/// Source: API_GetKeyRotationStatus in the KMS API Reference.
struct GetKeyRotationStatus: OperationHandler {
    static let operation = KMSAPI.getKeyRotationStatus
    let keys: KeyDirectory

    func access(
        for input: GetKeyRotationStatusRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:GetKeyRotationStatus", to: input.keyId, in: context)
    }

    func handle(
        _ input: GetKeyRotationStatusRequest, in context: RequestContext
    ) async throws -> GetKeyRotationStatusResponse {
        let key = try await keys.findByID(input.keyId, in: context)
        try key.requireNotDying()
        let decisive = try await keys.store.siblings(of: key).first(where: \.isPrimary) ?? key
        return GetKeyRotationStatusResponse(
            keyRotationEnabled: decisive.rotationDays != nil,
            keyId: key.arn(partition: context.partition),
            rotationPeriodInDays: decisive.rotationDays, nextRotationDate: decisive.nextRotation)
    }
}
