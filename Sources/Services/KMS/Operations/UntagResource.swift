import KMSModel
import ServiceKit
import Storage
import Wire

/// Removes tags from a key.
///
/// Source: API_UntagResource in the KMS API Reference.
struct UntagResource: OperationHandler {
    static let operation = KMSAPI.untagResource
    let keys: KeyDirectory

    func access(
        for input: UntagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:UntagResource", to: input.keyId, in: context, ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let place = try KeyReference.keyID(input.keyId, in: context)
        try await keys.store.database.write { transaction in
            let key = try transaction.key(place)
            try key.requireOwn()
            try key.requireNotDying()
            for name in input.tagKeys {
                try transaction.execute(
                    "DELETE FROM tags WHERE account = ? AND region = ? AND key_id = ? "
                        + "AND tag_key = ?", place.account, place.region, place.id, name)
            }
        }
        return EmptyStructure()
    }
}
