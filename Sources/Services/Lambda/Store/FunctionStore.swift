import Blobs
import LambdaModel
import Platform
import Storage
import Wire

/// The rows of functions and their versions.
struct FunctionStore: Sendable {
    let database: any Database
    let randomness: any Randomness
    let cache: TargetCache

    init(database: any Database, randomness: any Randomness, clock: any Clock) {
        self.database = database
        self.randomness = randomness
        self.cache = TargetCache(clock: clock)
    }

    /// Forgets what is kept in memory of the database.
    func forget() { cache.clear() }

    /// Adds a function with its first version.
    ///
    /// - Parameter codeSigningConfig: the identifier of the one that it is to have.
    /// - Throws: `ResourceConflictException` where there is one of that name; `CodeStorageExceededException`.
    func create(
        _ version: FunctionVersion, tags: [String: String], codeSigningConfig: String? = nil
    ) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            let key = version.key
            let added = try transaction.execute(
                """
                INSERT INTO functions (account, region, name, tags, code_signing_config)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, region, name) DO NOTHING
                """, key.account, key.region, key.name, Self.json(tags), codeSigningConfig)
            guard added == 1 else {
                throw LambdaError.resourceConflictException.user(
                    "Function already exist: \(key.name)")
            }
            try Self.checkCodeSize(adding: version, in: transaction)
            try Self.put(version, in: transaction)
        }
    }

    /// The version that a request means; of an alias, the one that it names first.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func version(_ reference: FunctionReference) async throws -> FunctionVersion {
        try await target(reference).version
    }

    /// What a reference comes to when it is invoked.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func target(_ reference: FunctionReference) async throws -> InvocationTarget {
        try await cache.target(reference) {
            try await database.read { try Self.target(reference, in: $0) }
        }
    }

    /// A function's tags.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func tags(of key: FunctionKey) async throws -> [String: String] {
        try await database.read { try Self.tags(of: key, in: $0) }
    }

    /// Replaces a function's tags by what `change` makes of them.
    ///
    /// - Throws: `ResourceNotFoundException`; what `change` throws.
    func changeTags(
        of key: FunctionKey, _ change: @escaping @Sendable (inout [String: String]) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var tags = try Self.tags(of: key, in: transaction)
            try change(&tags)
            try transaction.execute(
                "UPDATE functions SET tags = ? WHERE account = ? AND region = ? AND name = ?",
                Self.json(tags), key.account, key.region, key.name)
        }
    }

    /// Changes the version `$LATEST`, which gets another revision and other environments.
    ///
    /// - Parameter revision: the revision that the caller knows, if it says.
    /// - Returns: the version before and after.
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`; what `change` throws.
    func update(
        _ key: FunctionKey, revision: String?, at time: Instant,
        _ change: @escaping @Sendable (inout FunctionVersion) throws -> Void
    ) async throws -> (before: FunctionVersion, after: FunctionVersion) {
        let (revisionID, deploymentID) = (randomness.uuid(), randomness.uuid())
        defer { cache.clear() }
        return try await database.write { transaction in
            let before = try Self.version(FunctionReference(key: key), in: transaction)
            try Self.check(revision, is: before.revisionID)
            var after = before
            try change(&after)
            after.revisionID = revisionID
            after.deploymentID = deploymentID
            after.modified = time
            if after.code.size > before.code.size {
                try Self.checkCodeSize(adding: after, replacing: before, in: transaction)
            }
            try Self.put(after, in: transaction)
            return (before, after)
        }
    }

    /// Deletes a function with all that belongs to it.
    ///
    /// - Returns: the versions that it had.
    /// - Throws: `ResourceNotFoundException`.
    func delete(_ key: FunctionKey) async throws -> [FunctionVersion] {
        defer { cache.clear() }
        return try await database.write { transaction in
            let versions = try transaction.query(
                Self.selection + "WHERE account = ? AND region = ? AND name = ?",
                key.account, key.region, key.name
            ).map(Self.version)
            guard !versions.isEmpty else { throw LambdaRefusal.functionNotFound(key.arn) }
            for table in [
                "functions", "function_versions", "permission_statements", "function_urls",
                "function_aliases", "qualifier_configs",
            ] {
                try transaction.execute(
                    "DELETE FROM \(table) WHERE account = ? AND region = ? AND name = ?",
                    key.account, key.region, key.name)
            }
            return versions
        }
    }

    /// The versions of an account and region, by name and number, after the version `number` of the function `name`.
    ///
    /// - Parameter isLatestOnly: whether published versions are left out.
    func list(
        account: String, region: String, after name: String, _ number: Int, isLatestOnly: Bool,
        limit: Int
    ) async throws -> [FunctionVersion] {
        try await database.read { transaction in
            try transaction.query(
                Self.selection
                    + """
                    WHERE account = ? AND region = ? AND number <= ?
                        AND (name > ? OR (name = ? AND number > ?))
                    ORDER BY name, number LIMIT ?
                    """, account, region, isLatestOnly ? 0 : Int.max, name, name, number, limit
            ).map(Self.version)
        }
    }

    /// How many functions an account has in a region, and how much code.
    func usage(account: String, region: String) async throws -> (functions: Int, codeBytes: Int) {
        try await database.read { transaction in
            let row = try transaction.first(
                """
                SELECT COUNT(DISTINCT name), COALESCE(CAST(SUM(code_size) AS BIGINT), 0)
                FROM function_versions WHERE account = ? AND region = ?
                """, account, region)
            let layers = try transaction.first(
                """
                SELECT COALESCE(CAST(SUM(code_size) AS BIGINT), 0) FROM layer_versions
                WHERE account = ? AND region = ? AND is_deleted = 0
                """, account, region)
            return (row?.int(0) ?? 0, (row?.int(1) ?? 0) + (layers?.int(0) ?? 0))
        }
    }

    /// The code whose zip file is `blob`, if a version has it.
    func code(blob: BlobID) async throws -> CodePackage? {
        try await database.read { transaction in
            try transaction.first(
                Self.selection + "WHERE code_blob = ?", blob.description
            ).map { try Self.version($0).code }
        }
    }

    /// The digests of all code that there is.
    func codeDigests() async throws -> Set<[UInt8]> {
        try await database.read { transaction in
            Set(
                try transaction.query("SELECT DISTINCT code_digest FROM function_versions")
                    .map { $0.bytes(0) })
        }
    }
}

// MARK: - Rows

extension FunctionStore {
    static let selection = """
        SELECT account, region, name, version, revision_id, deployment_id, code_blob, code_digest,
            code_size, unzipped_size, settings, modified, source_description
        FROM function_versions

        """

    static func version(_ row: Row) throws -> FunctionVersion {
        guard let blob = BlobID(row.string("code_blob")) else {
            throw StorageError(.corrupt, "a function's code has no identifier")
        }
        return FunctionVersion(
            key: FunctionKey(
                account: row.string("account"), region: row.string("region"),
                name: row.string("name")),
            version: row.string("version"), revisionID: row.string("revision_id"),
            deploymentID: row.string("deployment_id"),
            code: CodePackage(
                blob: blob, digest: row.bytes("code_digest"), size: row.int("code_size"),
                unzippedSize: row.int("unzipped_size")),
            settings: try FunctionSettings(try Document(json: row.string("settings"))),
            modified: row.instant("modified"),
            sourceDescription: row.optionalString("source_description"))
    }

    /// The version that `reference` means; of an alias, the one that it names first.
    static func version(
        _ reference: FunctionReference, in transaction: any ReadTransaction
    ) throws -> FunctionVersion {
        guard let name = reference.aliasName else {
            return try version(reference.key, reference.version, for: reference, in: transaction)
        }
        guard let alias = try alias(name, of: reference.key, in: transaction) else {
            throw LambdaRefusal.functionNotFound(reference.arn)
        }
        return try version(reference.key, alias.version, for: reference, in: transaction)
    }

    /// The version of this number, or `$LATEST`.
    ///
    /// - Parameter reference: what the request named, for the message.
    static func version(
        _ key: FunctionKey, _ version: String, for reference: FunctionReference,
        in transaction: any ReadTransaction
    ) throws -> FunctionVersion {
        let row = try transaction.first(
            selection + "WHERE account = ? AND region = ? AND name = ? AND version = ?",
            key.account, key.region, key.name, version)
        guard let row else { throw LambdaRefusal.functionNotFound(reference.arn) }
        return try Self.version(row)
    }

    static func put(
        _ version: FunctionVersion, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO function_versions (account, region, name, version, revision_id,
                deployment_id, code_blob, code_digest, code_size, settings, modified, number,
                unzipped_size, source_description)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, region, name, version) DO UPDATE SET
                revision_id = excluded.revision_id, deployment_id = excluded.deployment_id,
                code_blob = excluded.code_blob, code_digest = excluded.code_digest,
                code_size = excluded.code_size, settings = excluded.settings,
                modified = excluded.modified, unzipped_size = excluded.unzipped_size
            """, version.key.account, version.key.region, version.key.name, version.version,
            version.revisionID, version.deploymentID, version.code.blob.description,
            version.code.digest, version.code.size, version.settings.document.jsonText,
            version.modified, version.number, version.code.unzippedSize,
            version.sourceDescription)
    }

    /// Gives a version or alias another revision, after something beside its settings changed.
    func touch(_ reference: FunctionReference, in transaction: any WriteTransaction) throws {
        let key = reference.key
        let table = reference.aliasName == nil ? "function_versions" : "function_aliases"
        let column = reference.aliasName == nil ? "version" : "alias"
        try transaction.execute(
            """
            UPDATE \(table) SET revision_id = ?
            WHERE account = ? AND region = ? AND name = ? AND \(column) = ?
            """, randomness.uuid(), key.account, key.region, key.name, reference.version)
    }

    /// The revision of a version or alias.
    ///
    /// - Throws: `ResourceNotFoundException`.
    static func revision(
        of reference: FunctionReference, in transaction: any ReadTransaction
    ) throws -> String {
        guard let name = reference.aliasName else {
            return try version(reference, in: transaction).revisionID
        }
        guard let alias = try alias(name, of: reference.key, in: transaction) else {
            throw LambdaRefusal.functionNotFound(reference.arn)
        }
        return alias.revisionID
    }

    /// Checks the revision that a caller knows.
    static func check(_ revision: String?, is current: String) throws {
        guard revision == nil || revision == current else {
            throw LambdaRefusal.revisionMismatch
        }
    }

    static func checkCodeSize(
        adding version: FunctionVersion, replacing before: FunctionVersion? = nil,
        in transaction: any ReadTransaction
    ) throws {
        let row = try transaction.first(
            """
            SELECT COALESCE(CAST(SUM(code_size) AS BIGINT), 0) FROM function_versions
            WHERE account = ? AND region = ?
            """, version.key.account, version.key.region)
        let total = (row?.int(0) ?? 0) + version.code.size - (before?.code.size ?? 0)
        guard total <= LambdaLimits.totalCodeBytes else {
            throw LambdaError.codeStorageExceededException.user("Code storage limit exceeded.")
        }
    }

    private static func tags(
        of key: FunctionKey, in transaction: any ReadTransaction
    ) throws -> [String: String] {
        let row = try transaction.first(
            "SELECT tags FROM functions WHERE account = ? AND region = ? AND name = ?",
            key.account, key.region, key.name)
        guard let row else { throw LambdaRefusal.functionNotFound(key.arn) }
        guard case .object(let tags) = try Document(json: row.string(0)) else { return [:] }
        return tags.compactMapValues(\.stringValue)
    }

    static func json(_ tags: [String: String]) -> String {
        Document.object(tags.mapValues { .string($0) }).jsonText
    }
}
