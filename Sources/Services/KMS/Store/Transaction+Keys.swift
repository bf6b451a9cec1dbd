import KMSModel
import Platform
import Storage
import Wire

extension ReadTransaction {
    private var columns: String {
        "account, region, id, spec, usage, origin, is_managed, description, state, created, "
            + "deletion, pending_days, primary_region, policy, rotation_days, next_rotation, "
            + "material_id"
    }

    /// A key.
    ///
    /// - Throws: `NotFoundException`.
    func key(_ place: KeyPlace) throws -> KeyRecord {
        guard let key = try optionalKey(place) else {
            throw KMSFailure.keyNotFound(
                "arn:aws:kms:\(place.region):\(place.account):key/\(place.id)")
        }
        return key
    }

    /// A key; `nil` where there is none.
    func optionalKey(_ place: KeyPlace) throws -> KeyRecord? {
        try first(
            "SELECT \(columns) FROM keys WHERE account = ? AND region = ? AND id = ?",
            place.account, place.region, place.id
        ).map(KeyRecord.init)
    }

    /// Every region's key of a multi-region key; the key alone where it is none.
    func siblings(of key: KeyRecord) throws -> [KeyRecord] {
        guard key.isMultiRegion else { return [key] }
        return try query(
            "SELECT \(columns) FROM keys WHERE account = ? AND id = ? ORDER BY region",
            key.account, key.id
        ).map(KeyRecord.init)
    }
}

extension WriteTransaction {
    /// Writes a new key.
    func insert(_ key: KeyRecord) throws {
        try execute(
            "INSERT INTO keys (account, region, id, spec, usage, origin, is_managed, description, "
                + "state, created, deletion, pending_days, primary_region, policy, rotation_days, "
                + "next_rotation, material_id) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            key.account, key.region, key.id, key.spec.rawValue, key.usage.rawValue,
            key.origin.rawValue, key.isManaged, key.description, key.state.rawValue, key.created,
            key.deletion, key.pendingDays, key.primaryRegion, key.policy, key.rotationDays,
            key.nextRotation, key.materialID)
    }

    /// Writes what of a key can change.
    func update(_ key: KeyRecord) throws {
        try execute(
            "UPDATE keys SET description = ?, state = ?, deletion = ?, pending_days = ?, "
                + "primary_region = ?, policy = ?, rotation_days = ?, next_rotation = ?, "
                + "material_id = ? WHERE account = ? AND region = ? AND id = ?",
            key.description, key.state.rawValue, key.deletion, key.pendingDays, key.primaryRegion,
            key.policy, key.rotationDays, key.nextRotation, key.materialID, key.account,
            key.region, key.id)
    }

    /// Removes a key with everything that belongs to it.
    func delete(_ place: KeyPlace) throws {
        for table in ["materials", "aliases", "tags", "grants"] {
            try execute(
                "DELETE FROM \(table) WHERE account = ? AND region = ? AND key_id = ?",
                place.account, place.region, place.id)
        }
        try execute(
            "DELETE FROM keys WHERE account = ? AND region = ? AND id = ?", place.account,
            place.region, place.id)
    }
}

extension KeyRecord {
    init(_ row: Row) {
        guard let spec = KeySpec(rawValue: row.string(3)),
            let usage = KeyUsage(rawValue: row.string(4)),
            let origin = Origin(rawValue: row.string(5)), let state = State(rawValue: row.string(8))
        else { preconditionFailure("a key of a kind that nobody makes") }
        self.init(
            account: row.string(0), region: row.string(1), id: row.string(2), spec: spec,
            usage: usage, origin: origin, isManaged: row.bool(6), description: row.string(7),
            state: state, created: row.instant(9), deletion: row.optionalInstant(10),
            pendingDays: row.optionalInt(11), primaryRegion: row.optionalString(12),
            policy: row.string(13), rotationDays: row.optionalInt(14),
            nextRotation: row.optionalInstant(15), materialID: row.optionalString(16))
    }
}

/// A material without its secret.
struct MaterialRecord: Sendable {
    let id: String
    let isPresent: Bool
    let rotated: Instant?
    let rotationType: String?
    let description: String?
    let validTo: Instant?
    let number: Int
    let state: String
}

extension ReadTransaction {
    /// The materials of a key, the oldest first.
    func materials(of place: KeyPlace) throws -> [MaterialRecord] {
        try query(
            "SELECT id, CASE WHEN sealed IS NULL THEN 0 ELSE 1 END, rotated, rotation_type, "
                + "description, valid_to, number, state FROM materials "
                + "WHERE account = ? AND region = ? AND key_id = ? ORDER BY number",
            place.account, place.region, place.id
        ).map { row in
            MaterialRecord(
                id: row.string(0), isPresent: row.bool(1), rotated: row.optionalInstant(2),
                rotationType: row.optionalString(3), description: row.optionalString(4),
                validTo: row.optionalInstant(5), number: row.int(6), state: row.string(7))
        }
    }
}

// MARK: - Tags

extension ReadTransaction {
    /// The tags of a key, in the order of their keys.
    func tags(of place: KeyPlace) throws -> [Tag] {
        try query(
            "SELECT tag_key, tag_value FROM tags WHERE account = ? AND region = ? AND key_id = ? "
                + "ORDER BY tag_key", place.account, place.region, place.id
        ).map { Tag(tagKey: $0.string(0), tagValue: $0.string(1)) }
    }
}

extension WriteTransaction {
    /// Adds tags, or gives those that are there other values.
    func setTags(_ tags: [Tag], of place: KeyPlace) throws {
        for tag in tags {
            try execute(
                "INSERT INTO tags (account, region, key_id, tag_key, tag_value) "
                    + "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, region, key_id, tag_key) "
                    + "DO UPDATE SET tag_value = excluded.tag_value",
                place.account, place.region, place.id, tag.tagKey, tag.tagValue)
        }
    }
}
