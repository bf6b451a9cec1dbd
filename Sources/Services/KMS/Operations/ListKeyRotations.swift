import KMSModel
import ServiceKit
import Storage
import Wire

/// Lists the materials of a key: those of its rotations, or all.
///
/// Source: API_ListKeyRotations in the KMS API Reference.
struct ListKeyRotations: OperationHandler {
    static let operation = KMSAPI.listKeyRotations
    let keys: KeyDirectory

    func access(
        for input: ListKeyRotationsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:ListKeyRotations", to: input.keyId, in: context)
    }

    func handle(
        _ input: ListKeyRotationsRequest, in context: RequestContext
    ) async throws -> ListKeyRotationsResponse {
        let limit = input.limit ?? KMSLimits.keyPage
        let after = Int(try Marker.name(in: input.marker)) ?? -1
        let key = try await keys.findByID(input.keyId, in: context)
        guard key.spec == .symmetric else { throw KMSFailure.unsupported("") }
        let all = try await keys.store.database.read { try $0.materials(of: key.place) }
        let wanted = all.filter { material in
            material.number > after
                && (input.includeKeyMaterial == "ALL_KEY_MATERIAL" || material.rotated != nil)
        }
        let page = Page(wanted, limit: limit) { "\($0.number)" }
        return ListKeyRotationsResponse(
            rotations: page.entries.map { entry($0, of: key, in: context) },
            nextMarker: page.nextMarker, truncated: page.isTruncated)
    }

    private func entry(
        _ material: MaterialRecord, of key: KeyRecord, in context: RequestContext
    ) -> RotationsListEntry {
        let isImported = key.origin == .external
        let expiration =
            material.validTo == nil ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES"
        return RotationsListEntry(
            keyId: key.arn(partition: context.partition), keyMaterialId: material.id,
            keyMaterialDescription: material.description,
            importState: isImported ? (material.isPresent ? "IMPORTED" : "PENDING_IMPORT") : nil,
            keyMaterialState: material.state,
            expirationModel: isImported && material.isPresent ? expiration : nil,
            validTo: material.validTo, rotationDate: material.rotated,
            rotationType: material.rotationType)
    }
}
