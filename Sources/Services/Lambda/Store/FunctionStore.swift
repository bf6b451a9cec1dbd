import Blobs
import LambdaModel
import Platform
import Storage
import Wire

/// The rows of functions and their versions.
struct FunctionStore: Sendable {
    let database: any Database
    let randomness: any Randomness
    private let cache: VersionCache

    init(database: any Database, randomness: any Randomness, clock: any Clock) {
        self.database = database
        self.randomness = randomness
        self.cache = VersionCache(clock: clock)
    }

    /// Forgets what is kept in memory of the database.
    func forget() { cache.clear() }

    /// Adds a function with its first version.
    ///
    /// - Throws: `ResourceConflictException` where there is one of that name; `CodeStorageExceededException`.
    func create(_ version: FunctionVersion, tags: [String: String]) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            let key = version.key
            let added = try transaction.execute(
                """
                INSERT INTO functions (account, region, name, tags) VALUES (?, ?, ?, ?)
                ON CONFLICT (account, region, name) DO NOTHING
                """, key.account, key.region, key.name, Self.json(tags))
            guard added == 1 else {
                throw LambdaError.resourceConflictException.user(
                    "Function already exist: \(key.name)")
            }
            try Self.checkCodeSize(adding: version, in: transaction)
            try Self.put(version, in: transaction)
        }
    }

    /// The version that a request means.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func version(_ reference: FunctionReference) async throws -> FunctionVersion {
        try await cache.version(reference) {
            try await database.read { try Self.version(reference, in: $0) }
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
            try Self.check(revision, of: before)
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
            ] {
                try transaction.execute(
                    "DELETE FROM \(table) WHERE account = ? AND region = ? AND name = ?",
                    key.account, key.region, key.name)
            }
            return versions
        }
    }

    /// The functions of an account and region, by name, after the one called `name`.
    func list(
        account: String, region: String, after name: String, limit: Int
    ) async throws -> [FunctionVersion] {
        try await database.read { transaction in
            try transaction.query(
                Self.selection
                    + """
                    WHERE account = ? AND region = ? AND version = ? AND name > ?
                    ORDER BY name LIMIT ?
                    """, account, region, FunctionVersion.latest, name, limit
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
            return (row?.int(0) ?? 0, row?.int(1) ?? 0)
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
    private static let selection = """
        SELECT account, region, name, version, revision_id, deployment_id, code_blob, code_digest,
            code_size, settings, modified
        FROM function_versions

        """

    private static func version(_ row: Row) throws -> FunctionVersion {
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
                blob: blob, digest: row.bytes("code_digest"), size: row.int("code_size")),
            settings: FunctionSettings(try Document(json: row.string("settings"))),
            modified: row.instant("modified"))
    }

    /// The version that `reference` means.
    static func version(
        _ reference: FunctionReference, in transaction: any ReadTransaction
    ) throws -> FunctionVersion {
        let key = reference.key
        let row = try transaction.first(
            selection + "WHERE account = ? AND region = ? AND name = ? AND version = ?",
            key.account, key.region, key.name, reference.version)
        guard let row else { throw LambdaRefusal.functionNotFound(reference.arn) }
        return try version(row)
    }

    private static func put(
        _ version: FunctionVersion, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO function_versions (account, region, name, version, revision_id,
                deployment_id, code_blob, code_digest, code_size, settings, modified)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, region, name, version) DO UPDATE SET
                revision_id = excluded.revision_id, deployment_id = excluded.deployment_id,
                code_blob = excluded.code_blob, code_digest = excluded.code_digest,
                code_size = excluded.code_size, settings = excluded.settings,
                modified = excluded.modified
            """, version.key.account, version.key.region, version.key.name, version.version,
            version.revisionID, version.deploymentID, version.code.blob.description,
            version.code.digest, version.code.size, version.settings.document.jsonText,
            version.modified)
    }

    /// Gives the version `$LATEST` another revision, after something beside its settings changed.
    func touch(_ key: FunctionKey, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE function_versions SET revision_id = ?
            WHERE account = ? AND region = ? AND name = ? AND version = ?
            """, randomness.uuid(), key.account, key.region, key.name, FunctionVersion.latest)
    }

    /// Checks the revision that a caller knows.
    static func check(_ revision: String?, of version: FunctionVersion) throws {
        guard revision == nil || revision == version.revisionID else {
            throw LambdaRefusal.revisionMismatch
        }
    }

    private static func checkCodeSize(
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

    private static func json(_ tags: [String: String]) -> String {
        Document.object(tags.mapValues { .string($0) }).jsonText
    }
}
