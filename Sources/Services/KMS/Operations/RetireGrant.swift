import KMSModel
import ServiceKit
import Storage
import Wire

/// Ends a grant, at the wish of who was named to do so.
///
/// Source: API_RetireGrant in the KMS API Reference.
struct RetireGrant: OperationHandler {
    static let operation = KMSAPI.retireGrant
    let keys: KeyDirectory

    func access(
        for input: RetireGrantRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let target = try await target(of: input, in: context)
        let key = try await keys.store.key(target.place)
        return [try await keys.access("kms:RetireGrant", to: key, in: context)]
    }

    func handle(
        _ input: RetireGrantRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let target = try await target(of: input, in: context)
        try await keys.store.database.write { transaction in
            try transaction.key(target.place).requireNotDying()
            try transaction.deleteGrant(target.grantID, of: target.place)
            try KMSFailure.endDryRun(input.dryRun)
        }
        return EmptyStructure()
    }

    private func target(
        of input: RetireGrantRequest, in context: RequestContext
    ) async throws -> (place: KeyPlace, grantID: String) {
        if let token = input.grantToken {
            guard input.keyId == nil, input.grantId == nil else {
                throw KMSFailure.validation(
                    "Use either a grant token, or a key and a grant ID, to name the grant.")
            }
            guard let found = try await keys.store.database.read({ try $0.grant(token: token) })
            else { throw KMSError.invalidGrantTokenException("") }
            return (found.place, found.grant.id)
        }
        guard let keyID = input.keyId, let grantID = input.grantId else {
            throw KMSFailure.validation(
                "Use either a grant token, or a key and a grant ID, to name the grant.")
        }
        return (try KeyReference.keyID(keyID, in: context), grantID)
    }
}
