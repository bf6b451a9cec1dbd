import Platform
import SecretsManagerModel
import Storage
import Wire

extension ReadTransaction {
    /// The secret that a request means; `nil` where there is none.
    func secret(_ reference: SecretReference) throws -> SecretRecord? {
        if let arn = reference.arn, let found = try secret(arn: arn) { return found }
        return try first(
            "SELECT \(SecretRecord.columns) FROM secrets "
                + "WHERE account = ? AND region = ? AND name = ?",
            reference.account, reference.region, reference.name
        ).map(SecretRecord.init)
    }

    /// The secret with this ARN; `nil` where there is none.
    func secret(arn: String) throws -> SecretRecord? {
        try first("SELECT \(SecretRecord.columns) FROM secrets WHERE arn = ?", arn)
            .map(SecretRecord.init)
    }

    /// The secret that a request means.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func existingSecret(_ reference: SecretReference) throws -> SecretRecord {
        guard let secret = try secret(reference) else { throw SecretFailure.notFound }
        return secret
    }

    /// The versions of a secret, the oldest first.
    func versions(of arn: String) throws -> [VersionRecord] {
        let stages = try stages(of: arn)
        return try query(
            "SELECT id, CASE WHEN value IS NULL THEN 0 ELSE 1 END, created, accessed, kms_key "
                + "FROM versions WHERE arn = ? ORDER BY created, id", arn
        ).map { row in
            VersionRecord(
                id: row.string(0), hasValue: row.bool(1), created: row.instant(2),
                accessed: row.optionalInstant(3), kmsKeyID: row.optionalString(4),
                stages: stages[row.string(0)] ?? [])
        }
    }

    /// The stages of a secret's versions, by version.
    func stages(of arn: String) throws -> [String: [String]] {
        var stages: [String: [String]] = [:]
        try forEach("SELECT stage, version_id FROM stages WHERE arn = ? ORDER BY stage", arn) {
            stages[$0.string(1), default: []].append($0.string(0))
        }
        return stages
    }

    /// The version that has a stage; `nil` where none does.
    func version(with stage: String, of arn: String) throws -> String? {
        try first("SELECT version_id FROM stages WHERE arn = ? AND stage = ?", arn, stage)?
            .string(0)
    }

    /// The encrypted value of a version; `nil` where there is none.
    func sealedValue(of version: String, _ arn: String) throws -> (bytes: [UInt8], isBinary: Bool)?
    {
        guard
            let row = try first(
                "SELECT value, is_binary FROM versions WHERE arn = ? AND id = ?", arn, version),
            let bytes = row.optionalBytes(0)
        else { return nil }
        return (bytes, row.bool(1))
    }

    /// The tags of a secret.
    func tags(of arn: String) throws -> [Tag] {
        try query("SELECT tag_key, tag_value FROM tags WHERE arn = ? ORDER BY tag_key", arn)
            .map { Tag(key: $0.string(0), value: $0.string(1)) }
    }

    /// The replicas of a secret.
    func replicas(of arn: String) throws -> [ReplicationStatusType] {
        try query(
            "SELECT region, kms_key, status, message FROM replicas WHERE arn = ? ORDER BY region",
            arn
        ).map { row in
            ReplicationStatusType(
                region: row.string(0), kmsKeyId: row.optionalString(1) ?? SecretCipher.standardKey,
                status: row.string(2),
                statusMessage: row.optionalString(3))
        }
    }
}

extension WriteTransaction {
    /// Writes a secret, new or changed.
    func put(_ secret: SecretRecord) throws {
        let names = SecretRecord.columns.split(separator: ",").map {
            $0.filter { $0 != " " && $0 != "\n" }
        }
        let places = names.map { _ in "?" }.joined(separator: ", ")
        let changes = names.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        try execute(
            "INSERT INTO secrets (\(names.joined(separator: ", "))) VALUES (\(places)) "
                + "ON CONFLICT (account, region, name) DO UPDATE SET \(changes)",
            values: secret.values)
    }

    /// Writes a version of a secret; with `nil` one that waits for its value.
    func putVersion(
        _ id: String, of arn: String, sealed: [UInt8]?, isBinary: Bool, kmsKeyID: String?,
        now: Instant
    ) throws {
        try execute(
            "INSERT INTO versions (arn, id, value, is_binary, created, kms_key) "
                + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (arn, id) DO UPDATE SET "
                + "value = excluded.value, is_binary = excluded.is_binary, "
                + "kms_key = excluded.kms_key",
            arn, id, sealed, isBinary, now, kmsKeyID)
    }

    /// Attaches a stage to a version, away from the one that had it. Where `AWSCURRENT` moves, `AWSPREVIOUS` follows to the
    /// version that had it.
    func attach(_ stage: String, to version: String, of arn: String) throws {
        let former = try self.version(with: stage, of: arn)
        guard former != version else { return }
        try execute(
            "INSERT INTO stages (arn, stage, version_id) VALUES (?, ?, ?) "
                + "ON CONFLICT (arn, stage) DO UPDATE SET version_id = excluded.version_id",
            arn, stage, version)
        if stage == "AWSCURRENT", let former {
            try attach("AWSPREVIOUS", to: former, of: arn)
        }
    }

    /// Detaches a stage.
    func detach(_ stage: String, of arn: String) throws {
        try execute("DELETE FROM stages WHERE arn = ? AND stage = ?", arn, stage)
    }

    /// Removes the oldest versions without a stage where there are more versions than are kept.
    func dropDeprecatedVersions(of arn: String) throws {
        let versions = try versions(of: arn)
        let excess = versions.count - SecretsManagerLimits.versions
        guard excess > 0 else { return }
        for version in versions.filter(\.stages.isEmpty).prefix(excess) {
            try execute("DELETE FROM versions WHERE arn = ? AND id = ?", arn, version.id)
        }
    }

    /// Adds tags, or gives those that are there other values.
    ///
    /// - Throws: `InvalidParameterException` for more than a secret may have.
    func setTags(_ tags: [Tag], of arn: String) throws {
        for tag in tags {
            try execute(
                "INSERT INTO tags (arn, tag_key, tag_value) VALUES (?, ?, ?) "
                    + "ON CONFLICT (arn, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                arn, tag.key ?? "", tag.value ?? "")
        }
        guard try self.tags(of: arn).count <= SecretsManagerLimits.tags else {
            throw SecretFailure.parameter(
                "A secret can have no more than \(SecretsManagerLimits.tags) tags.")
        }
    }

    /// Removes a secret with all that belongs to it.
    func delete(_ arn: String) throws {
        for table in ["secrets", "versions", "stages", "tags", "replicas"] {
            try execute("DELETE FROM \(table) WHERE arn = ?", arn)
        }
    }
}
