import IAMModel
import Storage
import Wire

/// Users in groups, and roles in instance profiles.
extension IAMStore {
    /// Puts a user into a group.
    ///
    /// - Throws: `NoSuchEntity`, `LimitExceeded`.
    func add(user: String, toGroup group: String, of account: String) async throws {
        try await write { transaction in
            _ = try Self.entity(.group(group), of: account, in: transaction)
            _ = try Self.entity(.user(user), of: account, in: transaction)
            try Self.add(user, to: .group(group), of: account, in: transaction)
            let groups = try Self.containers(of: user, .group, of: account, in: transaction)
            guard groups.count <= IAMLimits.groupsPerUser else {
                throw IAMLimits.exceeded("GroupsPerUser", IAMLimits.groupsPerUser)
            }
        }
    }

    /// Takes a user out of a group; one who is not in it stays out.
    ///
    /// - Throws: `NoSuchEntity`.
    func remove(user: String, fromGroup group: String, of account: String) async throws {
        try await write { transaction in
            _ = try Self.entity(.group(group), of: account, in: transaction)
            _ = try Self.entity(.user(user), of: account, in: transaction)
            let removed = try Self.remove(user, from: .group(group), of: account, in: transaction)
            guard removed else {
                throw IAMError.noSuchEntityException(
                    "User \(user) is not in group \(group) or the group does not exist.")
            }
        }
    }

    /// Puts a role into an instance profile, which has room for one.
    ///
    /// - Throws: `NoSuchEntity`, `LimitExceeded`.
    func add(role: String, toProfile profile: String, of account: String) async throws {
        try await write { transaction in
            let reference = EntityReference.instanceProfile(profile)
            _ = try Self.entity(reference, of: account, in: transaction)
            _ = try Self.entity(.role(role), of: account, in: transaction)
            guard try Self.members(of: reference, of: account, in: transaction).isEmpty else {
                throw IAMLimits.exceeded("InstanceSessionsPerInstanceProfile", 1)
            }
            try Self.add(role, to: reference, of: account, in: transaction)
        }
    }

    /// Takes a role out of an instance profile.
    ///
    /// - Throws: `NoSuchEntity`.
    func remove(role: String, fromProfile profile: String, of account: String) async throws {
        try await write { transaction in
            let reference = EntityReference.instanceProfile(profile)
            _ = try Self.entity(reference, of: account, in: transaction)
            guard try Self.remove(role, from: reference, of: account, in: transaction) else {
                throw EntityKind.role.missing(role)
            }
        }
    }

    /// The names of what is in a container, sorted.
    static func members(
        of container: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [String] {
        try transaction.query(
            """
            SELECT member FROM members WHERE account = ? AND kind = ? AND container = ?
            ORDER BY member
            """, account, container.kind.rawValue, container.name
        ).map { $0.string(0) }
    }

    /// The names of the containers of a kind that something is in, sorted.
    static func containers(
        of member: String, _ kind: EntityKind, of account: String,
        in transaction: any ReadTransaction
    ) throws -> [String] {
        try transaction.query(
            """
            SELECT container FROM members WHERE account = ? AND kind = ? AND member = ?
            ORDER BY container
            """, account, kind.rawValue, member
        ).map { $0.string(0) }
    }

    private static func add(
        _ member: String, to container: EntityReference, of account: String,
        in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO members (account, kind, container, member) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, kind, container, member) DO NOTHING
            """, account, container.kind.rawValue, container.name, member)
    }

    private static func remove(
        _ member: String, from container: EntityReference, of account: String,
        in transaction: any WriteTransaction
    ) throws -> Bool {
        try transaction.execute(
            "DELETE FROM members WHERE account = ? AND kind = ? AND container = ? AND member = ?",
            account, container.kind.rawValue, container.name, member) == 1
    }
}
