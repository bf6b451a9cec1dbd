import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Begins the waiting period after which a key is gone for ever.
///
/// Source: API_ScheduleKeyDeletion in the KMS API Reference.
struct ScheduleKeyDeletion: OperationHandler {
    static let operation = KMSAPI.scheduleKeyDeletion
    let keys: KeyDirectory

    func access(
        for input: ScheduleKeyDeletionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let days = input.pendingWindowInDays ?? KMSLimits.defaultPendingDays
        return try await keys.access(
            "kms:ScheduleKeyDeletion", to: input.keyId, in: context,
            ["kms:ScheduleKeyDeletionPendingWindowInDays": ["\(days)"]])
    }

    func handle(
        _ input: ScheduleKeyDeletionRequest, in context: RequestContext
    ) async throws -> ScheduleKeyDeletionResponse {
        let days = input.pendingWindowInDays ?? KMSLimits.defaultPendingDays
        guard KMSLimits.pendingDays.contains(days) else {
            throw KMSFailure.validation(
                "PendingWindowInDays must be between \(KMSLimits.pendingDays.lowerBound) and "
                    + "\(KMSLimits.pendingDays.upperBound)")
        }
        let place = try KeyReference.keyID(input.keyId, in: context)
        let key = try await keys.store.update(place) { [keys] key, transaction in
            try key.requireOwn()
            try key.requireNotDying()
            key.pendingDays = days
            let hasReplicas = try key.isPrimary && transaction.siblings(of: key).count > 1
            if hasReplicas {
                key.state = .pendingReplicaDeletion
            } else {
                let end = keys.clock.now + .seconds(days * 86_400)
                key.state = .pendingDeletion
                key.deletion = end
                try KeyDeletion.enqueue(place, at: end, on: keys.store.jobs, in: transaction)
            }
        }
        return ScheduleKeyDeletionResponse(
            keyId: key.arn(partition: context.partition), deletionDate: key.deletion,
            keyState: key.state.rawValue, pendingWindowInDays: days)
    }
}
