import Jobs
import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// The keys and what belongs to them.
struct KeyStore: Sendable {
    let database: any Database
    let jobs: JobQueue
    let rootKey: RootKey
    let randomness: any Randomness

    /// A key.
    ///
    /// - Throws: `NotFoundException`.
    func key(_ place: KeyPlace) async throws -> KeyRecord {
        try await database.read { try $0.key(place) }
    }

    /// The key that a request means.
    ///
    /// - Throws: `NotFoundException`.
    func key(_ reference: KeyReference) async throws -> KeyRecord? {
        try await database.read { transaction in
            switch reference.target {
            case .key(let id):
                return try transaction.key(
                    KeyPlace(account: reference.account, region: reference.region, id: id))
            case .alias(let name):
                guard
                    let alias = try transaction.alias(
                        name, account: reference.account, region: reference.region)
                else { return nil }
                return try transaction.key(
                    KeyPlace(
                        account: reference.account, region: reference.region, id: alias.keyID))
            }
        }
    }

    /// Makes a key with its material, tags and, for a key of one of Apus's services, its alias.
    ///
    /// - Returns: false where the alias was there: then nothing was made.
    @discardableResult
    func create(
        _ key: KeyRecord, material: Material?, tags: [Tag] = [], alias: String? = nil
    ) async throws -> Bool {
        let sealed = material.map { seal($0, of: key.place) }
        return try await database.write { [self] transaction in
            if let alias {
                let isNew = try transaction.insertAlias(
                    alias, of: key.place, now: key.created)
                guard isNew else { return false }
            }
            try transaction.insert(key)
            if let sealed { try insert(sealed, of: key.place, number: 0, in: transaction) }
            try transaction.setTags(tags, of: key.place)
            if let rotation = key.nextRotation {
                try KeyRotation.enqueue(key.place, at: rotation, on: jobs, in: transaction)
            }
            return true
        }
    }

    /// Changes a key as it is found, in a transaction.
    ///
    /// - Returns: the key after the change.
    /// - Throws: `NotFoundException`, and what `change` throws.
    @discardableResult
    func update(
        _ place: KeyPlace,
        _ change: @escaping @Sendable (inout KeyRecord, any WriteTransaction) throws -> Void
    ) async throws -> KeyRecord {
        try await database.write { transaction in
            var key = try transaction.key(place)
            try change(&key, transaction)
            try transaction.update(key)
            return key
        }
    }

    /// A page of an account's keys: their identifiers in order.
    func keys(account: String, region: String, after: String?, limit: Int) async throws -> [String]
    {
        try await database.read { transaction in
            try transaction.query(
                "SELECT id FROM keys WHERE account = ? AND region = ? AND id > ? "
                    + "ORDER BY id LIMIT ?",
                account, region, after ?? "", limit
            ).map { $0.string(0) }
        }
    }

    /// Every region's key of a multi-region key, the primary among them.
    func siblings(of key: KeyRecord) async throws -> [KeyRecord] {
        try await database.read { try $0.siblings(of: key) }
    }
}

// MARK: - Material

extension KeyStore {
    private static let purpose = "kms material"

    /// A material as its row holds it.
    struct SealedMaterial: Sendable {
        var id: String
        var sealed: [UInt8]
        var rotated: Instant?
        var rotationType: String?
        var description: String?
        var validTo: Instant?
        /// `CURRENT`, `NON_CURRENT` or `PENDING_ROTATION`.
        var state = "CURRENT"
    }

    /// Seals a material for its row.
    func seal(_ material: Material, of key: KeyPlace) -> SealedMaterial {
        SealedMaterial(
            id: material.id,
            sealed: rootKey.seal(
                material.bytes, for: Self.purpose, bindingTo: "\(key.text)/\(material.id)",
                randomness: randomness))
    }

    /// Writes a material, or gives one that was deleted its secret back.
    func insert(
        _ material: SealedMaterial, of key: KeyPlace, number: Int,
        in transaction: any WriteTransaction
    ) throws {
        try RootKeyCheck.note(rootKey, in: transaction)
        try transaction.execute(
            "INSERT INTO materials (account, region, key_id, id, sealed, rotated, rotation_type, "
                + "description, valid_to, number, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                + "ON CONFLICT (account, region, key_id, id) DO UPDATE SET "
                + "sealed = excluded.sealed, valid_to = excluded.valid_to, "
                + "description = COALESCE(excluded.description, materials.description)",
            key.account, key.region, key.id, material.id, material.sealed, material.rotated,
            material.rotationType, material.description, material.validTo, number, material.state)
    }

    /// The secret of a material of a key; `nil` where there is none, or it was deleted.
    func material(_ id: String, of key: KeyPlace) async throws -> Material? {
        let sealed = try await database.read { transaction in
            try transaction.first(
                "SELECT sealed FROM materials WHERE account = ? AND region = ? AND key_id = ? "
                    + "AND id = ?", key.account, key.region, key.id, id)?.optionalBytes(0)
        }
        guard let sealed else { return nil }
        guard
            let bytes = rootKey.open(
                sealed, for: Self.purpose, bindingTo: "\(key.text)/\(id)")
        else { preconditionFailure("material \(id) is not sealed under this root key") }
        return Material(id: id, bytes: bytes)
    }

    /// The secret that a key works with.
    ///
    /// - Throws: `KMSInvalidStateException` where it waits for its material.
    func currentMaterial(of key: KeyRecord) async throws -> Material {
        guard let id = key.materialID, let material = try await material(id, of: key.place) else {
            throw KMSError.kmsInvalidStateException("\(key.arn()) is pending import.")
        }
        return material
    }

    /// Makes `material` the current one of a key in every region, as a rotation does.
    ///
    /// - Parameter type: `AUTOMATIC` or `ON_DEMAND`.
    func rotate(
        _ key: inout KeyRecord, to material: Material, type: String, now: Instant,
        in transaction: any WriteTransaction
    ) throws {
        let others = try transaction.siblings(of: key).filter { $0.region != key.region }
        for sibling in others + [key] {
            let place = sibling.place
            var sealed = seal(material, of: place)
            sealed.rotated = now
            sealed.rotationType = type
            try transaction.execute(
                "UPDATE materials SET state = 'NON_CURRENT' "
                    + "WHERE account = ? AND region = ? AND key_id = ? AND state = 'CURRENT'",
                place.account, place.region, place.id)
            let number = try transaction.materials(of: place).count
            try insert(sealed, of: place, number: number, in: transaction)
        }
        for var sibling in others {
            sibling.materialID = material.id
            try transaction.update(sibling)
        }
        key.materialID = material.id
    }
}
