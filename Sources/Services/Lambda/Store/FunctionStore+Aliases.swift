import LambdaModel
import Platform
import Storage
import Wire

/// The rows of aliases.
extension FunctionStore {
    /// Adds an alias.
    ///
    /// - Throws: `ResourceNotFoundException` for a function or version that is not there, `ResourceConflictException` where the function
    ///   has an alias of that name.
    func create(_ alias: FunctionAlias) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            try Self.requireVersions(of: alias, in: transaction)
            guard try Self.alias(alias.name, of: alias.key, in: transaction) == nil else {
                throw LambdaError.resourceConflictException.user(
                    "Alias already exists: \(alias.arn)")
            }
            try Self.put(alias, in: transaction)
        }
    }

    /// The alias called `name`.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func alias(_ name: String, of key: FunctionKey) async throws -> FunctionAlias {
        try await database.read { transaction in
            guard let alias = try Self.alias(name, of: key, in: transaction) else {
                throw Self.aliasNotFound(name, of: key)
            }
            return alias
        }
    }

    /// The aliases of a function by name, after `name`.
    ///
    /// - Parameter version: the version that they name first; `nil` for all.
    /// - Throws: `ResourceNotFoundException` where there is no such function.
    func aliases(
        of key: FunctionKey, version: String?, after name: String, limit: Int
    ) async throws -> [FunctionAlias] {
        try await database.read { transaction in
            _ = try Self.version(FunctionReference(key: key), in: transaction)
            let found = try Self.aliases(of: key, in: transaction).filter { alias in
                alias.name.utf8.lexicographicallyPrecedes(name.utf8) == false
                    && alias.name != name && (version == nil || version == alias.version)
            }
            return Array(found.prefix(limit))
        }
    }

    /// Changes an alias, which gets another revision.
    ///
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`; what `change` throws.
    func updateAlias(
        _ name: String, of key: FunctionKey, revision: String?,
        _ change: @escaping @Sendable (inout FunctionAlias) throws -> Void
    ) async throws -> FunctionAlias {
        let revisionID = randomness.uuid()
        defer { cache.clear() }
        return try await database.write { transaction in
            guard var alias = try Self.alias(name, of: key, in: transaction) else {
                throw Self.aliasNotFound(name, of: key)
            }
            try Self.check(revision, is: alias.revisionID)
            try change(&alias)
            alias.revisionID = revisionID
            try Self.requireVersions(of: alias, in: transaction)
            try Self.put(alias, in: transaction)
            return alias
        }
    }

    /// Deletes an alias with what belongs to it, if it is there.
    func deleteAlias(_ name: String, of key: FunctionKey) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            _ = try Self.version(FunctionReference(key: key), in: transaction)
            try transaction.execute(
                """
                DELETE FROM function_aliases
                WHERE account = ? AND region = ? AND name = ? AND alias = ?
                """, key.account, key.region, key.name, name)
            try Self.deleteBelongings(
                of: FunctionReference(key: key, qualifier: name), in: transaction)
        }
    }

    static func alias(
        _ name: String, of key: FunctionKey, in transaction: any ReadTransaction
    ) throws -> FunctionAlias? {
        try transaction.first(
            aliasSelection + "WHERE account = ? AND region = ? AND name = ? AND alias = ?",
            key.account, key.region, key.name, name
        ).map { try Self.alias($0, of: key) }
    }

    static func aliases(
        of key: FunctionKey, in transaction: any ReadTransaction
    ) throws -> [FunctionAlias] {
        try transaction.query(
            aliasSelection + "WHERE account = ? AND region = ? AND name = ? ORDER BY alias",
            key.account, key.region, key.name
        ).map { try Self.alias($0, of: key) }
    }

    private static let aliasSelection =
        "SELECT alias, version, description, routing, revision_id FROM function_aliases "

    private static func alias(_ row: Row, of key: FunctionKey) throws -> FunctionAlias {
        FunctionAlias(
            key: key, name: row.string(0), version: row.string(1), description: row.string(2),
            routing: try row.optionalString(3).map { AliasRouting(try Document(json: $0)) },
            revisionID: row.string(4))
    }

    private static func put(_ alias: FunctionAlias, in transaction: any WriteTransaction) throws {
        let key = alias.key
        try transaction.execute(
            """
            INSERT INTO function_aliases (account, region, name, alias, version, description,
                routing, revision_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, region, name, alias) DO UPDATE SET version = excluded.version,
                description = excluded.description, routing = excluded.routing,
                revision_id = excluded.revision_id
            """, key.account, key.region, key.name, alias.name, alias.version, alias.description,
            alias.routing?.document.jsonText, alias.revisionID)
    }

    private static func requireVersions(
        of alias: FunctionAlias, in transaction: any ReadTransaction
    ) throws {
        for version in alias.versions {
            _ = try Self.version(
                FunctionReference(key: alias.key, qualifier: version), in: transaction)
        }
    }

    private static func aliasNotFound(_ name: String, of key: FunctionKey) -> AWSError {
        LambdaError.resourceNotFoundException.user(
            "Cannot find alias arn: \(key.arn(qualifier: name))")
    }
}
