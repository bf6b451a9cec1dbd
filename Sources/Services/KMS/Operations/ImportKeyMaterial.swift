import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Brings material into a key that was made for it.
///
/// Source: API_ImportKeyMaterial in the KMS API Reference.
struct ImportKeyMaterial: OperationHandler {
    static let operation = KMSAPI.importKeyMaterial
    let keys: KeyDirectory

    func access(
        for input: ImportKeyMaterialRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = [
            "kms:ExpirationModel": [input.expirationModel ?? "KEY_MATERIAL_EXPIRES"]
        ]
        conditions["kms:ValidTo"] = input.validTo.map { ["\($0.seconds)"] }
        return try await keys.access(
            "kms:ImportKeyMaterial", to: input.keyId, in: context, conditions)
    }

    func handle(
        _ input: ImportKeyMaterialRequest, in context: RequestContext
    ) async throws -> ImportKeyMaterialResponse {
        let place = try KeyReference.keyID(input.keyId, in: context)
        let key = try await keys.store.key(place)
        try key.requireImportable()
        let validTo = try validTo(of: input)
        let token = try ImportToken(input.importToken, for: place, by: keys.store.rootKey)
        guard keys.clock.now < token.validTo else { throw KMSError.expiredImportTokenException("") }
        let bytes = try ImportedMaterial.checked(
            token.unwrap(input.encryptedKeyMaterial), key.spec)
        let material = Material(bytes, of: place.id)
        if let wanted = input.keyMaterialId, wanted != material.id {
            throw KMSError.incorrectKeyMaterialException("")
        }
        var sealed = keys.store.seal(material, of: place)
        sealed.validTo = validTo
        sealed.description = input.keyMaterialDescription
        let isNewWanted = input.importType == "NEW_KEY_MATERIAL"
        try await keys.store.update(place) { [keys, sealed] key, transaction in
            try key.requireImportable()
            try Self.put(
                sealed, into: &key, isNewWanted: isNewWanted, keys.store, in: transaction)
        }
        return ImportKeyMaterialResponse(
            keyId: key.arn(partition: context.partition), keyMaterialId: material.id)
    }

    private func validTo(of input: ImportKeyMaterialRequest) throws -> Instant? {
        if input.expirationModel == "KEY_MATERIAL_DOES_NOT_EXPIRE" {
            guard input.validTo == nil else {
                throw KMSFailure.validation(
                    "A validTo date cannot be set for key material that does not expire.")
            }
            return nil
        }
        guard let validTo = input.validTo else {
            throw KMSFailure.validation(
                "A validTo date must be set if the ExpirationModel is "
                    + "KEY_MATERIAL_EXPIRES")
        }
        guard validTo > keys.clock.now else {
            throw KMSFailure.validation("The validTo date must be in the future.")
        }
        return validTo
    }

    /// The first material becomes the key's; the same one can come again; another waits for a rotation, if it is wanted.
    private static func put(
        _ material: KeyStore.SealedMaterial, into key: inout KeyRecord, isNewWanted: Bool,
        _ store: KeyStore, in transaction: any WriteTransaction
    ) throws {
        var material = material
        let known = try transaction.materials(of: key.place)
        let isKnown = known.contains { $0.id == material.id }
        if !isKnown, !known.isEmpty {
            guard isNewWanted, key.spec == .symmetric else {
                throw KMSError.incorrectKeyMaterialException("")
            }
            guard !known.contains(where: { $0.state == "PENDING_ROTATION" }) else {
                throw KMSError.kmsInvalidStateException(
                    "\(key.arn()) has key material that is pending rotation.")
            }
            material.state = "PENDING_ROTATION"
        }
        try store.insert(material, of: key.place, number: known.count, in: transaction)
        try MaterialExpiry.enqueue(
            material.id, of: key.place, at: material.validTo, on: store.jobs, in: transaction)
        if known.isEmpty { key.materialID = material.id }
        let isWhole = try transaction.materials(of: key.place).allSatisfy(\.isPresent)
        if key.state == .pendingImport, isWhole { key.state = .enabled }
    }
}
