import KMSModel
import ServiceKit
import Storage
import Wire

/// Takes the material out of a key, which then waits for the same one.
///
/// Source: API_DeleteImportedKeyMaterial in the KMS API Reference.
struct DeleteImportedKeyMaterial: OperationHandler {
    static let operation = KMSAPI.deleteImportedKeyMaterial
    let keys: KeyDirectory

    func access(
        for input: DeleteImportedKeyMaterialRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:DeleteImportedKeyMaterial", to: input.keyId, in: context)
    }

    func handle(
        _ input: DeleteImportedKeyMaterialRequest, in context: RequestContext
    ) async throws -> DeleteImportedKeyMaterialResponse {
        let place = try KeyReference.keyID(input.keyId, in: context)
        let (arn, id) = try await keys.store.database.write { [keys] transaction in
            var key = try transaction.key(place)
            try key.requireImportable()
            guard let id = input.keyMaterialId ?? key.materialID else {
                return (key.arn(partition: context.partition), String?.none)
            }
            let known = try transaction.materials(of: place)
            guard known.contains(where: { $0.id == id }) else {
                throw KMSError.notFoundException("Key material \(id) does not exist")
            }
            try transaction.forgetMaterial(id, of: &key)
            try MaterialExpiry.enqueue(
                id, of: place, at: nil, on: keys.store.jobs, in: transaction)
            return (key.arn(partition: context.partition), id)
        }
        return DeleteImportedKeyMaterialResponse(keyId: arn, keyMaterialId: id)
    }
}
