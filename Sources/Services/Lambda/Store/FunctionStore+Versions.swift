import LambdaModel
import Platform
import Storage
import Wire

/// Publishing versions, and what a reference comes to.
extension FunctionStore {
    /// What `PublishVersion` came to.
    struct Publication: Sendable {
        let version: FunctionVersion
        /// Whether there is a version that there was not before.
        let isNew: Bool
    }

    /// Makes a version of `$LATEST` that never changes, unless the last one is the same.
    ///
    /// - Parameters:
    ///   - revision: the revision of `$LATEST` that the caller knows, if it says.
    ///   - codeSHA256: the digest of the code that the caller means, if it says.
    ///   - description: the version's own description.
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`, `InvalidParameterValueException` for another digest,
    ///   `CodeStorageExceededException`.
    func publish(
        _ key: FunctionKey, revision: String? = nil, codeSHA256: String? = nil,
        description: String? = nil, at time: Instant
    ) async throws -> Publication {
        let (revisionID, deploymentID) = (randomness.uuid(), randomness.uuid())
        defer { cache.clear() }
        return try await database.write { transaction in
            let latest = try Self.version(FunctionReference(key: key), in: transaction)
            try Self.check(revision, is: latest.revisionID)
            guard latest.settings.sourceDirectory == nil else {
                throw LambdaRefusal.invalidParameter(
                    "A function that runs from a directory cannot be published.")
            }
            if let codeSHA256, !codeSHA256.isEmpty, codeSHA256 != latest.code.sha256 {
                throw LambdaRefusal.invalidParameter(
                    "CodeSHA256 (\(codeSHA256)) is different from current CodeSHA256 in $LATEST "
                        + "(\(latest.code.sha256)). Please try again with the CodeSHA256 in "
                        + "$LATEST.")
            }
            let number = try Self.lastVersion(of: key, in: transaction)
            let last = try transaction.first(
                Self.selection + "WHERE account = ? AND region = ? AND name = ? AND number = ?",
                key.account, key.region, key.name, number)
            if number > 0, let last = try last.map(Self.version), last.isMade(of: latest) {
                return Publication(version: last, isNew: false)
            }
            let version = latest.published(
                as: number + 1, description: description, revisionID: revisionID,
                deploymentID: deploymentID, at: time)
            try Self.checkCodeSize(adding: version, in: transaction)
            try Self.put(version, in: transaction)
            try transaction.execute(
                """
                UPDATE functions SET last_version = ?
                WHERE account = ? AND region = ? AND name = ?
                """, number + 1, key.account, key.region, key.name)
            return Publication(version: version, isNew: true)
        }
    }

    /// The versions of a function by number, `$LATEST` first, from `number` on.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function.
    func versions(
        of key: FunctionKey, from number: Int, limit: Int
    ) async throws -> [FunctionVersion] {
        try await database.read { transaction in
            _ = try Self.version(FunctionReference(key: key), in: transaction)
            return try transaction.query(
                Self.selection
                    + """
                    WHERE account = ? AND region = ? AND name = ? AND number >= ?
                    ORDER BY number LIMIT ?
                    """, key.account, key.region, key.name, number, limit
            ).map(Self.version)
        }
    }

    /// Deletes a published version with what belongs to it.
    ///
    /// - Returns: the version; `nil` where it was not there.
    /// - Throws: `ResourceNotFoundException` where there is no such function, `ResourceConflictException` while an alias names it.
    func deleteVersion(_ reference: FunctionReference) async throws -> FunctionVersion? {
        let key = reference.key
        defer { cache.clear() }
        return try await database.write { transaction in
            _ = try Self.version(FunctionReference(key: key), in: transaction)
            let aliases = try Self.aliases(of: key, in: transaction)
                .filter { $0.versions.contains(reference.version) }
            guard aliases.isEmpty else {
                throw LambdaError.resourceConflictException.user(
                    "Unable to delete version because the following aliases reference it: "
                        + "[\(aliases.map(\.name).joined(separator: ", "))]")
            }
            let row = try transaction.first(
                Self.selection + "WHERE account = ? AND region = ? AND name = ? AND version = ?",
                key.account, key.region, key.name, reference.version)
            guard let version = try row.map(Self.version) else { return nil }
            try transaction.execute(
                """
                DELETE FROM function_versions
                WHERE account = ? AND region = ? AND name = ? AND version = ?
                """, key.account, key.region, key.name, reference.version)
            try Self.deleteBelongings(of: reference, in: transaction)
            return version
        }
    }

    /// Deletes the policy, the URL and the configurations of a version or alias.
    static func deleteBelongings(
        of reference: FunctionReference, in transaction: any WriteTransaction
    ) throws {
        let key = reference.key
        for table in ["permission_statements", "function_urls", "qualifier_configs"] {
            try transaction.execute(
                """
                DELETE FROM \(table)
                WHERE account = ? AND region = ? AND name = ? AND qualifier = ?
                """, key.account, key.region, key.name, reference.version)
        }
    }

    /// What a reference comes to when it is invoked.
    static func target(
        _ reference: FunctionReference, in transaction: any ReadTransaction
    ) throws -> InvocationTarget {
        let key = reference.key
        let alias = try reference.aliasName.flatMap { try Self.alias($0, of: key, in: transaction) }
        let version = try Self.version(reference, in: transaction)
        let function = try transaction.first(
            """
            SELECT reserved_concurrency, recursive_loop FROM functions
            WHERE account = ? AND region = ? AND name = ?
            """, key.account, key.region, key.name)
        let reserved = try reservedConcurrency(
            account: key.account, region: key.region, in: transaction)
        return InvocationTarget(
            version: version,
            second: try alias?.routing.map {
                try Self.version(key, $0.version, for: reference, in: transaction)
            },
            secondWeight: alias?.routing?.weight ?? 0,
            quota: ConcurrencyQuota(
                reserved: function?.optionalInt(0),
                unreserved: LambdaLimits.concurrentExecutions - reserved),
            eventInvoke: try config(.eventInvoke, of: reference, in: transaction)
                .map { EventInvokeConfig($0.document) } ?? EventInvokeConfig(),
            stopsRecursion: function?.string(1) != "Allow")
    }

    /// How much of an account's concurrency its functions have for themselves.
    static func reservedConcurrency(
        account: String, region: String, in transaction: any ReadTransaction
    ) throws -> Int {
        let row = try transaction.first(
            """
            SELECT COALESCE(CAST(SUM(reserved_concurrency) AS BIGINT), 0) FROM functions
            WHERE account = ? AND region = ?
            """, account, region)
        return row?.int(0) ?? 0
    }

    private static func lastVersion(
        of key: FunctionKey, in transaction: any ReadTransaction
    ) throws -> Int {
        try transaction.first(
            "SELECT last_version FROM functions WHERE account = ? AND region = ? AND name = ?",
            key.account, key.region, key.name)?.int(0) ?? 0
    }
}
