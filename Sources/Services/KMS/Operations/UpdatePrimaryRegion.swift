import KMSModel
import ServiceKit
import Storage
import Wire

/// Makes another region's key the primary of a multi-region key.
///
/// Source: API_UpdatePrimaryRegion in the KMS API Reference.
struct UpdatePrimaryRegion: OperationHandler {
    static let operation = KMSAPI.updatePrimaryRegion
    let keys: KeyDirectory

    func access(
        for input: UpdatePrimaryRegionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let conditions = ["kms:PrimaryRegion": [input.primaryRegion]]
        let key = try await keys.findByID(input.keyId, in: context)
        var requests = [
            try await keys.access("kms:UpdatePrimaryRegion", to: key, in: context, conditions)
        ]
        let siblings = try await keys.store.siblings(of: key)
        if let replica = siblings.first(where: { $0.region == input.primaryRegion }) {
            requests.append(
                try await keys.access(
                    "kms:UpdatePrimaryRegion", to: replica, in: context, conditions))
        }
        return requests
    }

    func handle(
        _ input: UpdatePrimaryRegionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.database.write { [keys] transaction in
            let key = try transaction.key(place)
            try key.requireEnabled()
            guard key.isPrimary else {
                throw KMSFailure.unsupported("\(key.arn()) is not a multi-Region primary key.")
            }
            let siblings = try transaction.siblings(of: key)
            let replica = siblings.first { $0.region == input.primaryRegion }
            guard let replica else {
                throw KMSFailure.keyNotFound(
                    "arn:\(context.partition):kms:\(input.primaryRegion):\(key.account):key/"
                        + key.id)
            }
            guard replica.region != key.region else {
                throw KMSFailure.unsupported(
                    "\(key.arn()) is the multi-Region primary key already.")
            }
            try replica.requireEnabled()
            for var sibling in siblings {
                sibling.primaryRegion = input.primaryRegion
                sibling.rotationDays = sibling.region == replica.region ? key.rotationDays : nil
                sibling.nextRotation = sibling.region == replica.region ? key.nextRotation : nil
                try transaction.update(sibling)
            }
            try KeyRotation.cancel(place, on: keys.store.jobs, in: transaction)
            if let next = key.nextRotation {
                try KeyRotation.enqueue(
                    replica.place, at: next, on: keys.store.jobs, in: transaction)
            }
        }
        return EmptyStructure()
    }
}
