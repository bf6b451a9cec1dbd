import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Gives a key new material now.
///
/// Source: API_RotateKeyOnDemand in the KMS API Reference.
struct RotateKeyOnDemand: OperationHandler {
    static let operation = KMSAPI.rotateKeyOnDemand
    let keys: KeyDirectory

    func access(
        for input: RotateKeyOnDemandRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:RotateKeyOnDemand", to: input.keyId, in: context)
    }

    func handle(
        _ input: RotateKeyOnDemandRequest, in context: RequestContext
    ) async throws -> RotateKeyOnDemandResponse {
        let place = try KeyReference.keyID(input.keyId, in: context)
        let fresh = Material(try await keys.maker.make(.symmetric), of: place.id)
        let key = try await keys.store.update(place) { [keys] key, transaction in
            try key.requireOwn()
            let materials = try transaction.materials(of: place)
            let demanded = materials.filter { $0.rotationType == "ON_DEMAND" }.count
            if key.origin == .external {
                try key.requireEnabled()
                try Self.turnToImported(
                    &key, materials, now: keys.clock.now, in: transaction)
            } else {
                try key.requireRotatable()
                try keys.store.rotate(
                    &key, to: fresh, type: "ON_DEMAND", now: keys.clock.now, in: transaction)
            }
            guard demanded < KMSLimits.onDemandRotations else {
                throw KMSError.limitExceededException(
                    "A KMS key can be rotated on demand \(KMSLimits.onDemandRotations) times.")
            }
        }
        return RotateKeyOnDemandResponse(keyId: key.arn(partition: context.partition))
    }

    /// A key of imported material turns to the material that waits.
    private static func turnToImported(
        _ key: inout KeyRecord, _ materials: [MaterialRecord], now: Instant,
        in transaction: any WriteTransaction
    ) throws {
        guard
            let waiting = materials.first(where: {
                $0.state == "PENDING_ROTATION" && $0.isPresent
            })
        else {
            throw KMSError.kmsInvalidStateException(
                "\(key.arn()) has no key material that is pending rotation.")
        }
        try transaction.execute(
            "UPDATE materials SET state = 'NON_CURRENT' "
                + "WHERE account = ? AND region = ? AND key_id = ? AND state = 'CURRENT'",
            key.account, key.region, key.id)
        try transaction.execute(
            "UPDATE materials SET state = 'CURRENT', rotated = ?, rotation_type = 'ON_DEMAND' "
                + "WHERE account = ? AND region = ? AND key_id = ? AND id = ?",
            now, key.account, key.region, key.id, waiting.id)
        key.materialID = waiting.id
    }
}
