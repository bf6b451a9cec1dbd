import Blobs
import LambdaModel
import Platform
import Storage
import Wire

/// The rows of layers.
struct LayerStore: Sendable {
    let database: any Database
    let randomness: any Randomness

    /// Adds the next version of a layer, and the layer with the first.
    ///
    /// - Throws: `CodeStorageExceededException`.
    func publish(
        _ code: CodePackage, as properties: LayerVersion.Properties, of key: LayerKey,
        at time: Instant
    ) async throws -> LayerVersion {
        let revisionID = randomness.uuid()
        return try await database.write { transaction in
            let row = try transaction.first(
                """
                INSERT INTO layers (account, region, name, last_version) VALUES (?, ?, ?, 1)
                ON CONFLICT (account, region, name)
                    DO UPDATE SET last_version = layers.last_version + 1
                RETURNING last_version
                """, key.account, key.region, key.name)
            let version = LayerVersion(
                key: key, number: row?.int(0) ?? 1, code: code, properties: properties,
                created: time, revisionID: revisionID)
            try transaction.execute(
                """
                INSERT INTO layer_versions (account, region, name, version, code_blob, code_digest,
                    code_size, unzipped_size, properties, statements, revision_id, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)
                """, key.account, key.region, key.name, version.number,
                code.blob.description, code.digest, code.size, code.unzippedSize,
                properties.document.jsonText, revisionID, time)
            return version
        }
    }

    /// A version of a layer; `nil` where there is none or it has been deleted.
    func version(_ number: Int, of key: LayerKey) async throws -> LayerVersion? {
        try await database.read { try Self.version(number, of: key, in: $0) }
    }

    /// The versions of a layer, the newest first, before `number`.
    func versions(of key: LayerKey, before number: Int, limit: Int) async throws -> [LayerVersion] {
        try await database.read { transaction in
            try transaction.query(
                Self.selection
                    + """
                    WHERE account = ? AND region = ? AND name = ? AND version < ?
                        AND is_deleted = 0 ORDER BY version DESC LIMIT ?
                    """, key.account, key.region, key.name, number, limit
            ).map(Self.version)
        }
    }

    /// The versions of every layer of an account and region after the layer `name`, by name, the newest first.
    func all(account: String, region: String, after name: String) async throws -> [LayerVersion] {
        try await database.read { transaction in
            try transaction.query(
                Self.selection
                    + """
                    WHERE account = ? AND region = ? AND name > ? AND is_deleted = 0
                    ORDER BY name, version DESC
                    """, account, region, name
            ).map(Self.version)
        }
    }

    /// Deletes a version, if it is there. Functions that have it keep it.
    func delete(_ number: Int, of key: LayerKey) async throws {
        _ = try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE layer_versions SET is_deleted = 1
                WHERE account = ? AND region = ? AND name = ? AND version = ?
                """, key.account, key.region, key.name, number)
        }
    }

    /// Changes the policy of a version, which gets another revision.
    ///
    /// - Parameter revision: the revision that the caller knows, if it says.
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`; what `change` throws.
    func changePolicy(
        _ number: Int, of key: LayerKey, revision: String?,
        _ change: @escaping @Sendable (inout ResourcePolicy) throws -> Void
    ) async throws -> LayerVersion {
        let revisionID = randomness.uuid()
        return try await database.write { transaction in
            guard var version = try Self.version(number, of: key, in: transaction) else {
                throw LambdaError.resourceNotFoundException.user(
                    "Layer version \(key.arn(version: number)) does not exist.")
            }
            guard revision == nil || revision == version.revisionID else {
                throw LambdaError.preconditionFailedException.user(
                    "The Revision Id provided does not match the latest Revision Id. Call the "
                        + "GetLayerPolicy API to retrieve the latest Revision Id")
            }
            var policy = ResourcePolicy(statements: version.statements)
            try change(&policy)
            version.statements = policy.statements
            version.revisionID = revisionID
            try transaction.execute(
                """
                UPDATE layer_versions SET statements = ?, revision_id = ?
                WHERE account = ? AND region = ? AND name = ? AND version = ?
                """, Document.array(policy.statements.map(\.document)).jsonText, revisionID,
                key.account, key.region, key.name, number)
            return version
        }
    }

    /// The layer whose zip file is `blob`, deleted or not.
    func code(blob: BlobID) async throws -> CodePackage? {
        try await database.read { transaction in
            try transaction.first(
                Self.selection + "WHERE code_blob = ?", blob.description
            ).map { try Self.version($0).code }
        }
    }

    /// The digests of all layers that there are.
    func codeDigests() async throws -> Set<[UInt8]> {
        try await database.read { transaction in
            Set(
                try transaction.query("SELECT DISTINCT code_digest FROM layer_versions")
                    .map { $0.bytes(0) })
        }
    }

    /// Takes out the deleted versions that no function has any more, and returns their code.
    func purge() async throws -> [CodePackage] {
        try await database.write { transaction in
            let deleted = try transaction.query(Self.selection + "WHERE is_deleted = 1")
                .map(Self.version)
            guard !deleted.isEmpty else { return [] }
            var used: Set<String> = []
            try transaction.forEach("SELECT settings FROM function_versions") { row in
                let settings = try FunctionSettings(try Document(json: row.string(0)))
                used.formUnion(settings.layers.map(\.arn))
            }
            let unused = deleted.filter { !used.contains($0.arn) }
            for version in unused {
                let key = version.key
                try transaction.execute(
                    """
                    DELETE FROM layer_versions
                    WHERE account = ? AND region = ? AND name = ? AND version = ?
                    """, key.account, key.region, key.name, version.number)
            }
            return unused.map(\.code)
        }
    }

    private static let selection = """
        SELECT account, region, name, version, code_blob, code_digest, code_size, unzipped_size,
            properties, statements, revision_id, created
        FROM layer_versions

        """

    private static func version(
        _ number: Int, of key: LayerKey, in transaction: any ReadTransaction
    ) throws -> LayerVersion? {
        try transaction.first(
            selection
                + """
                WHERE account = ? AND region = ? AND name = ? AND version = ? AND is_deleted = 0
                """, key.account, key.region, key.name, number
        ).map(Self.version)
    }

    private static func version(_ row: Row) throws -> LayerVersion {
        guard let blob = BlobID(row.string("code_blob")) else {
            throw StorageError(.corrupt, "a layer's code has no identifier")
        }
        let statements: [PermissionStatement] =
            switch try Document(json: row.string("statements")) {
            case .array(let documents): documents.map(PermissionStatement.init)
            default: []
            }
        return LayerVersion(
            key: LayerKey(
                account: row.string("account"), region: row.string("region"),
                name: row.string("name")),
            number: row.int("version"),
            code: CodePackage(
                blob: blob, digest: row.bytes("code_digest"), size: row.int("code_size"),
                unzippedSize: row.int("unzipped_size")),
            properties: LayerVersion.Properties(try Document(json: row.string("properties"))),
            created: row.instant("created"), statements: statements,
            revisionID: row.string("revision_id"))
    }
}

extension LayerStore {
    /// A version of a layer.
    ///
    /// - Throws: `ResourceNotFoundException`, `InvalidParameterValueException` for a number that no version can have.
    func existing(_ number: Int, of key: LayerKey) async throws -> LayerVersion {
        try LayerKey.check(number)
        guard let version = try await version(number, of: key) else {
            throw LambdaRefusal.resourceNotFound
        }
        return version
    }

    /// What a function's `Layers` mean.
    ///
    /// - Throws: `InvalidParameterValueException` for too many, two versions of one, one of another region, or one that is not
    ///   there.
    func resolve(_ arns: [String], for key: FunctionKey) async throws -> [LayerUse] {
        guard arns.count <= LambdaLimits.layers else {
            throw LambdaRefusal.invalidParameter(
                "Cannot reference more than \(LambdaLimits.layers) layers.")
        }
        var uses: [LayerUse] = []
        var seen: [LayerKey: String] = [:]
        for arn in arns {
            let (layer, number) = try LayerKey.version(arn: arn)
            guard layer.region == key.region else {
                throw LambdaRefusal.invalidParameter(
                    "Layers are not in the same region as the function. Layers are expected to be "
                        + "in region \(key.region).")
            }
            if let other = seen.updateValue(arn, forKey: layer) {
                throw LambdaRefusal.invalidParameter(
                    "Two different versions of the same layer are not allowed to be referenced in "
                        + "the same function. \(other) and \(arn) are versions of the same layer.")
            }
            guard let version = try await version(number, of: layer) else {
                throw LambdaRefusal.invalidParameter("Layer version \(arn) does not exist.")
            }
            uses.append(version.use)
        }
        return uses
    }
}
