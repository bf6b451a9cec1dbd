import IAMModel
import Platform
import Storage
import Wire

/// The roles of all accounts, their inline policies and their tags.
struct RoleStore: Sendable {
    let database: any Database

    init(_ database: any Database) {
        self.database = database
    }

    /// Adds a role.
    ///
    /// - Throws: `EntityAlreadyExists`, `LimitExceeded`.
    func create(_ role: StoredRole, tags: [Tag]) async throws {
        try await database.write { transaction in
            let existing = try transaction.first(
                "SELECT 1 FROM roles WHERE account = ? AND folded_name = ?",
                role.account, role.name.lowercased())
            guard existing == nil else {
                throw IAMError.entityAlreadyExistsException(
                    "Role with name \(role.name) already exists.")
            }
            let count = try transaction.first(
                "SELECT COUNT(*) FROM roles WHERE account = ?", role.account)
            guard count?.int(0) ?? 0 < IAMLimits.rolesPerAccount else {
                throw IAMError.limitExceededException(
                    "Cannot exceed quota for RolesPerAccount: \(IAMLimits.rolesPerAccount)")
            }
            try transaction.execute(
                """
                INSERT INTO roles (account, folded_name, name, path, id, trust_policy, description,
                    max_session_seconds, permissions_boundary, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                role.account, role.name.lowercased(), role.name, role.path, role.id,
                role.trustPolicy, role.description, role.maxSessionSeconds,
                role.permissionsBoundary, role.created)
            try Self.set(tags, on: role, in: transaction)
        }
    }

    /// The role with this name.
    ///
    /// - Throws: `NoSuchEntity`.
    func role(_ name: String, of account: String) async throws -> StoredRole {
        try await database.read { try Self.role(name, of: account, in: $0) }
    }

    /// The role with this name, and its tags.
    ///
    /// - Throws: `NoSuchEntity`.
    func taggedRole(_ name: String, of account: String) async throws -> (StoredRole, [Tag]) {
        try await database.read { transaction in
            let role = try Self.role(name, of: account, in: transaction)
            return (role, try Self.tags(of: role, in: transaction))
        }
    }

    /// The ARN of a role; that of one without a path where there is no such role.
    func arn(_ name: String, of account: String, in partition: String) async throws -> String {
        let row = try await database.read { transaction in
            try transaction.first(
                "SELECT path FROM roles WHERE account = ? AND folded_name = ? AND name = ?",
                account, name.lowercased(), name)
        }
        return "arn:\(partition):iam::\(account):role\(row?.string(0) ?? "/")\(name)"
    }

    /// The roles of an account whose path begins with `prefix`, by name; `count` and one more, which tells that there are
    /// more.
    func roles(
        of account: String, under prefix: String, after key: String, count: Int
    ) async throws -> [StoredRole] {
        try await database.read { transaction in
            try transaction.query(
                """
                SELECT * FROM roles
                WHERE account = ? AND folded_name > ? AND path >= ? AND path < ?
                ORDER BY folded_name LIMIT ?
                """,
                account, key, prefix, prefix + "\u{10FFFF}", count + 1
            ).map(StoredRole.init)
        }
    }

    /// Changes a role; what is `nil` stays as it is.
    ///
    /// - Throws: `NoSuchEntity`.
    func update(
        _ name: String, of account: String, trustPolicy: String? = nil, description: String? = nil,
        maxSessionSeconds: Int? = nil
    ) async throws {
        try await database.write { transaction in
            var role = try Self.role(name, of: account, in: transaction)
            role.trustPolicy = trustPolicy ?? role.trustPolicy
            role.description = description ?? role.description
            role.maxSessionSeconds = maxSessionSeconds ?? role.maxSessionSeconds
            try transaction.execute(
                """
                UPDATE roles SET trust_policy = ?, description = ?, max_session_seconds = ?
                WHERE account = ? AND folded_name = ?
                """,
                role.trustPolicy, role.description, role.maxSessionSeconds, account,
                name.lowercased())
        }
    }

    /// Removes a role and its tags.
    ///
    /// - Throws: `NoSuchEntity`; `DeleteConflict` where the role has policies.
    func delete(_ name: String, of account: String) async throws {
        try await database.write { transaction in
            _ = try Self.role(name, of: account, in: transaction)
            let policy = try transaction.first(
                "SELECT 1 FROM role_policies WHERE account = ? AND role = ? LIMIT 1", account, name)
            guard policy == nil else {
                throw IAMError.deleteConflictException(
                    "Cannot delete entity, must delete policies first.")
            }
            try transaction.execute(
                "DELETE FROM role_tags WHERE account = ? AND role = ?", account, name)
            try transaction.execute(
                "DELETE FROM roles WHERE account = ? AND folded_name = ?", account,
                name.lowercased())
        }
    }

    static func role(
        _ name: String, of account: String, in transaction: any ReadTransaction
    ) throws -> StoredRole {
        let row = try transaction.first(
            "SELECT * FROM roles WHERE account = ? AND folded_name = ? AND name = ?",
            account, name.lowercased(), name)
        guard let row else {
            throw IAMError.noSuchEntityException("The role with name \(name) cannot be found.")
        }
        return StoredRole(row)
    }
}

extension StoredRole {
    fileprivate init(_ row: Row) {
        self.init(
            account: row.string("account"), name: row.string("name"), path: row.string("path"),
            id: row.string("id"), trustPolicy: row.string("trust_policy"),
            description: row.optionalString("description"),
            maxSessionSeconds: row.int("max_session_seconds"),
            permissionsBoundary: row.optionalString("permissions_boundary"),
            created: row.instant("created"))
    }
}
