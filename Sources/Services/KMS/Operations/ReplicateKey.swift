import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Copies a multi-region key into another region.
///
/// Source: API_ReplicateKey in the KMS API Reference.
struct ReplicateKey: OperationHandler {
    static let operation = KMSAPI.replicateKey
    let keys: KeyDirectory

    func access(
        for input: ReplicateKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:ReplicateKey", to: input.keyId, in: context,
            ["kms:ReplicaRegion": [input.replicaRegion]])
    }

    func handle(
        _ input: ReplicateKeyRequest, in context: RequestContext
    ) async throws -> ReplicateKeyResponse {
        let key = try await keys.findByID(input.keyId, in: context)
        try key.requireEnabledOrAwaitingImport()
        guard key.isMultiRegion, key.isPrimary, key.region != input.replicaRegion else {
            throw KMSFailure.unsupported(
                "Unable to replicate a non-MultiRegion key \(key.id)")
        }
        try TagRules.check(input.tags ?? [])
        if let policy = input.policy {
            try KeyPolicy.check(
                policy, bypassingLockoutCheck: input.bypassPolicyLockoutSafetyCheck, in: context)
        }
        let replica = replica(of: key, input, in: context)
        try await copy(key, to: replica, tags: input.tags ?? [])
        return ReplicateKeyResponse(
            replicaKeyMetadata: try await keys.store.metadata(of: replica, in: context),
            replicaPolicy: replica.policy, replicaTags: input.tags ?? [])
    }

    private func replica(
        of key: KeyRecord, _ input: ReplicateKeyRequest, in context: RequestContext
    ) -> KeyRecord {
        var replica = key
        replica.region = input.replicaRegion
        replica.description = input.description ?? ""
        replica.created = keys.clock.now
        replica.rotationDays = nil
        replica.nextRotation = nil
        replica.policy =
            input.policy
            ?? KeyPolicy.standard(account: key.account, partition: context.partition)
        // Imported material is imported into each region by itself.
        if key.origin == .external {
            replica.state = .pendingImport
            replica.materialID = nil
        }
        return replica
    }

    private func copy(_ key: KeyRecord, to replica: KeyRecord, tags: [Tag]) async throws {
        let records = try await keys.store.database.read { try $0.materials(of: key.place) }
        var copies: [(KeyStore.SealedMaterial, Int)] = []
        for record in records where key.origin == .kms {
            guard let material = try await keys.store.material(record.id, of: key.place) else {
                continue
            }
            var sealed = keys.store.seal(material, of: replica.place)
            sealed.rotated = record.rotated
            sealed.rotationType = record.rotationType
            sealed.state = record.state
            copies.append((sealed, record.number))
        }
        try await keys.store.database.write { [keys, copies] transaction in
            // The key may have been rotated since its materials were read.
            guard try transaction.key(key.place).materialID == key.materialID else {
                throw KMSError.kmsInvalidStateException("\(key.arn()) is being rotated.")
            }
            guard try transaction.optionalKey(replica.place) == nil else {
                throw KMSError.alreadyExistsException(
                    "Unable to replicate key \(key.id) to region \(replica.region), as the key "
                        + "already exists there")
            }
            try transaction.insert(replica)
            for (sealed, number) in copies {
                try keys.store.insert(sealed, of: replica.place, number: number, in: transaction)
            }
            try transaction.setTags(tags, of: replica.place)
        }
    }
}

extension KeyRecord {
    /// Checks that the key is enabled, or was made for material that has yet to come.
    ///
    /// - Throws: `DisabledException`, `KMSInvalidStateException`.
    func requireEnabledOrAwaitingImport() throws {
        if state != .pendingImport { try requireEnabled() }
    }
}
