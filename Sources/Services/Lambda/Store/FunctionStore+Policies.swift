import LambdaModel
import Storage
import Wire

/// The statements of resource policies.
extension FunctionStore {
    /// The policy of a function or alias; without statements where it has none.
    func policy(_ key: FunctionKey, qualifier: String?) async throws -> ResourcePolicy {
        try await database.read { try Self.policy(key, qualifier, in: $0) }
    }

    /// The policy, and the revision of the function that it belongs to.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function or it has no policy.
    func policyWithRevision(
        _ reference: FunctionReference
    ) async throws -> (policy: ResourcePolicy, revisionID: String) {
        try await database.read { transaction in
            let revision = try Self.revision(of: reference, in: transaction)
            let policy = try Self.policy(reference.key, reference.qualifier, in: transaction)
            guard !policy.statements.isEmpty else { throw LambdaRefusal.resourceNotFound }
            return (policy, revision)
        }
    }

    /// Adds a statement to a function's policy.
    ///
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`, `ResourceConflictException`,
    ///   `PolicyLengthExceededException`.
    func add(
        _ statement: PermissionStatement, to reference: FunctionReference, revision: String?
    ) async throws {
        try await database.write { transaction in
            let (key, qualifier) = (reference.key, reference.qualifier ?? "")
            try Self.check(revision, is: try Self.revision(of: reference, in: transaction))
            var policy = try Self.policy(key, qualifier, in: transaction)
            try policy.add(statement)
            let last = try transaction.first(
                """
                SELECT COALESCE(MAX(position), 0) FROM permission_statements
                WHERE account = ? AND region = ? AND name = ? AND qualifier = ?
                """, key.account, key.region, key.name, qualifier)
            try transaction.execute(
                """
                INSERT INTO permission_statements
                    (account, region, name, qualifier, position, sid, statement)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, key.account, key.region, key.name, qualifier, (last?.int(0) ?? 0) + 1,
                statement.sid, statement.document.jsonText)
            try touch(reference, in: transaction)
        }
    }

    /// Takes a statement out of a function's policy.
    ///
    /// - Throws: `ResourceNotFoundException`, `PreconditionFailedException`.
    func removeStatement(
        _ sid: String, from reference: FunctionReference, revision: String?
    ) async throws {
        try await database.write { transaction in
            let (key, qualifier) = (reference.key, reference.qualifier ?? "")
            let current = try Self.revision(of: reference, in: transaction)
            var policy = try Self.policy(key, qualifier, in: transaction)
            try policy.remove(sid)
            try Self.check(revision, is: current)
            try transaction.execute(
                """
                DELETE FROM permission_statements
                WHERE account = ? AND region = ? AND name = ? AND qualifier = ? AND sid = ?
                """, key.account, key.region, key.name, qualifier, sid)
            try touch(reference, in: transaction)
        }
    }

    private static func policy(
        _ key: FunctionKey, _ qualifier: String?, in transaction: any ReadTransaction
    ) throws -> ResourcePolicy {
        let rows = try transaction.query(
            """
            SELECT sid, statement FROM permission_statements
            WHERE account = ? AND region = ? AND name = ? AND qualifier = ? ORDER BY position
            """, key.account, key.region, key.name, qualifier ?? "")
        return ResourcePolicy(
            statements: try rows.map {
                try PermissionStatement(sid: $0.string(0), json: $0.string(1))
            })
    }
}
