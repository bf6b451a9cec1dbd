import KMSModel
import ServiceKit
import Storage
import Wire

/// What `DescribeKey` answers of a key.
struct KeyDescription: Sendable {
    let key: KeyRecord
    /// The key in every region, for a multi-region key.
    let siblings: [KeyRecord]
    let material: MaterialRecord?

    init(_ key: KeyRecord, in transaction: any ReadTransaction) throws {
        self.key = key
        siblings = key.isMultiRegion ? try transaction.siblings(of: key) : []
        material = try transaction.materials(of: key.place).first { $0.id == key.materialID }
    }

    func metadata(partition: String) -> KeyMetadata {
        var metadata = KeyMetadata()
        metadata.awsAccountId = key.account
        metadata.keyId = key.id
        metadata.arn = key.arn(partition: partition)
        metadata.creationDate = key.created
        metadata.enabled = key.state == .enabled
        metadata.description = key.description
        metadata.keyUsage = key.usage.rawValue
        metadata.keyState = key.state.rawValue
        metadata.deletionDate = key.deletion
        metadata.origin = key.origin.rawValue
        metadata.keyManager = key.isManaged ? "AWS" : "CUSTOMER"
        // The older name of the key's kind knows no kinds that came after it.
        metadata.customerMasterKeySpec = key.spec.rawValue
        metadata.keySpec = key.spec.rawValue
        metadata.encryptionAlgorithms = key.spec.encryptionAlgorithms(for: key.usage)
        metadata.signingAlgorithms = key.spec.signingAlgorithms(for: key.usage)
        metadata.macAlgorithms = key.spec.macAlgorithms
        metadata.keyAgreementAlgorithms = key.usage == .keyAgreement ? ["ECDH"] : nil
        metadata.multiRegion = key.isMultiRegion
        if key.isMultiRegion { metadata.multiRegionConfiguration = configuration(partition) }
        if key.state == .pendingReplicaDeletion {
            metadata.pendingDeletionWindowInDays = key.pendingDays
        }
        if key.spec == .symmetric { metadata.currentKeyMaterialId = key.materialID }
        if key.origin == .external, let material, material.isPresent {
            metadata.validTo = material.validTo
            metadata.expirationModel =
                material.validTo == nil ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES"
        }
        return metadata
    }

    private func configuration(_ partition: String) -> MultiRegionConfiguration {
        func named(_ key: KeyRecord) -> MultiRegionKey {
            MultiRegionKey(arn: key.arn(partition: partition), region: key.region)
        }
        return MultiRegionConfiguration(
            multiRegionKeyType: key.isPrimary ? "PRIMARY" : "REPLICA",
            primaryKey: siblings.first(where: \.isPrimary).map(named),
            replicaKeys: siblings.filter { !$0.isPrimary }.map(named))
    }
}

extension KeyStore {
    /// What `DescribeKey` answers of a key.
    func metadata(of key: KeyRecord, in context: RequestContext) async throws -> KeyMetadata {
        try await database.read { try KeyDescription(key, in: $0) }
            .metadata(partition: context.partition)
    }
}
