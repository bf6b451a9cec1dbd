import IAMModel
import Storage
import Wire

/// The policies that stand in a user, group or role.
extension IAMStore {
    /// Adds a policy, or replaces the one of that name.
    ///
    /// - Throws: `NoSuchEntity`; `LimitExceeded` where the owner's policies would be too long together.
    func put(
        _ policy: PolicyDocument, named name: String, in owner: EntityReference, of account: String
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            let others = try transaction.first(
                """
                SELECT CAST(SUM(characters) AS BIGINT) FROM inline_policies
                WHERE account = ? AND kind = ? AND owner = ? AND name <> ?
                """, account, owner.kind.rawValue, owner.name, name)
            let characters = (others?.optionalInt(0) ?? 0) + policy.characters
            let limit = IAMLimits.inlinePolicyCharacters(of: owner.kind)
            guard characters <= limit else {
                throw IAMError.limitExceededException(
                    "Maximum policy size of \(limit) bytes exceeded for \(owner.kind.rawValue) "
                        + "\(owner.name)")
            }
            try transaction.execute(
                """
                INSERT INTO inline_policies (account, kind, owner, name, document, characters)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (account, kind, owner, name)
                DO UPDATE SET document = excluded.document, characters = excluded.characters
                """, account, owner.kind.rawValue, owner.name, name, policy.text,
                policy.characters)
        }
    }

    /// The text of a policy.
    ///
    /// - Throws: `NoSuchEntity` where there is no such owner or policy.
    func inlinePolicy(
        _ name: String, in owner: EntityReference, of account: String
    ) async throws -> String {
        try await read { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            let row = try transaction.first(
                """
                SELECT document FROM inline_policies
                WHERE account = ? AND kind = ? AND owner = ? AND name = ?
                """, account, owner.kind.rawValue, owner.name, name)
            guard let row else { throw Self.noSuchPolicy(name, in: owner) }
            return row.string(0)
        }
    }

    /// A page of the names of an owner's policies, sorted.
    ///
    /// - Throws: `NoSuchEntity`, `ValidationError`.
    func inlinePolicyNames(
        in owner: EntityReference, of account: String, marker: String?, count: Int?
    ) async throws -> Page<String> {
        let (key, count) = (
            try Page<String>.key(of: marker), count ?? IAMLimits.defaultPageItems
        )
        let names = try await read { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            return try transaction.query(
                """
                SELECT name FROM inline_policies
                WHERE account = ? AND kind = ? AND owner = ? AND name > ? ORDER BY name LIMIT ?
                """, account, owner.kind.rawValue, owner.name, key, count + 1
            ).map { $0.string(0) }
        }
        return Page(names, count: count, key: { $0 })
    }

    /// Every policy that stands in an owner, by name.
    static func inlinePolicies(
        in owner: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [(name: String, document: String)] {
        try transaction.query(
            """
            SELECT name, document FROM inline_policies
            WHERE account = ? AND kind = ? AND owner = ? ORDER BY name
            """, account, owner.kind.rawValue, owner.name
        ).map { ($0.string(0), $0.string(1)) }
    }

    /// Removes a policy.
    ///
    /// - Throws: `NoSuchEntity` where there is no such owner or policy.
    func deleteInlinePolicy(
        _ name: String, in owner: EntityReference, of account: String
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            let removed = try transaction.execute(
                """
                DELETE FROM inline_policies
                WHERE account = ? AND kind = ? AND owner = ? AND name = ?
                """, account, owner.kind.rawValue, owner.name, name)
            guard removed == 1 else { throw Self.noSuchPolicy(name, in: owner) }
        }
    }

    private static func noSuchPolicy(_ name: String, in owner: EntityReference) -> AWSError {
        IAMError.noSuchEntityException(
            "The \(owner.kind.rawValue) policy with name \(name) cannot be found.")
    }
}
