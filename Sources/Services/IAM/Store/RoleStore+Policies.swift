import IAMModel
import Storage
import Wire

/// The policies that stand in a role.
extension RoleStore {
    /// Adds a policy to a role, or replaces the one of that name.
    ///
    /// - Throws: `NoSuchEntity`; `LimitExceeded` where the role's policies would be too long together.
    func put(
        _ policy: PolicyDocument, named name: String, in role: String, of account: String
    ) async throws {
        try await database.write { transaction in
            _ = try Self.role(role, of: account, in: transaction)
            let others = try transaction.first(
                """
                SELECT CAST(SUM(characters) AS BIGINT) FROM role_policies
                WHERE account = ? AND role = ? AND name <> ?
                """, account, role, name)
            let characters = (others?.optionalInt(0) ?? 0) + policy.characters
            guard characters <= IAMLimits.inlinePolicyCharactersPerRole else {
                throw IAMError.limitExceededException(
                    "Maximum policy size of \(IAMLimits.inlinePolicyCharactersPerRole) bytes "
                        + "exceeded for role \(role)")
            }
            try transaction.execute(
                """
                INSERT INTO role_policies (account, role, name, document, characters)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account, role, name)
                DO UPDATE SET document = excluded.document, characters = excluded.characters
                """, account, role, name, policy.text, policy.characters)
        }
    }

    /// The text of a policy.
    ///
    /// - Throws: `NoSuchEntity` where there is no such role or policy.
    func policy(_ name: String, in role: String, of account: String) async throws -> String {
        try await database.read { transaction in
            _ = try Self.role(role, of: account, in: transaction)
            let row = try transaction.first(
                "SELECT document FROM role_policies WHERE account = ? AND role = ? AND name = ?",
                account, role, name)
            guard let row else { throw Self.noSuchPolicy(name) }
            return row.string(0)
        }
    }

    /// The names of a role's policies, sorted; `count` and one more, which tells that there are more.
    ///
    /// - Throws: `NoSuchEntity`.
    func policyNames(
        in role: String, of account: String, after key: String, count: Int
    ) async throws -> [String] {
        try await database.read { transaction in
            _ = try Self.role(role, of: account, in: transaction)
            return try transaction.query(
                """
                SELECT name FROM role_policies WHERE account = ? AND role = ? AND name > ?
                ORDER BY name LIMIT ?
                """, account, role, key, count + 1
            ).map { $0.string(0) }
        }
    }

    /// Removes a policy from a role.
    ///
    /// - Throws: `NoSuchEntity` where there is no such role or policy.
    func deletePolicy(_ name: String, in role: String, of account: String) async throws {
        try await database.write { transaction in
            _ = try Self.role(role, of: account, in: transaction)
            let removed = try transaction.execute(
                "DELETE FROM role_policies WHERE account = ? AND role = ? AND name = ?",
                account, role, name)
            guard removed == 1 else { throw Self.noSuchPolicy(name) }
        }
    }

    private static func noSuchPolicy(_ name: String) -> AWSError {
        IAMError.noSuchEntityException("The role policy with name \(name) cannot be found.")
    }
}
