import IAMModel
import ServiceKit
import Storage
import Wire

/// Lists, and what has to be gone before something can be removed.
extension IAMStore {
    /// A page of the entities of a kind, by name.
    ///
    /// - Throws: `ValidationError`.
    func page(
        _ kind: EntityKind, of account: String, under prefix: String?, marker: String?, count: Int?
    ) async throws -> Page<Entity> {
        let count = count ?? IAMLimits.defaultPageItems
        let found = try await entities(
            kind, of: account, under: prefix ?? "/", after: Page<Entity>.key(of: marker),
            count: count)
        return Page(found, count: count, key: \.reference.foldedName)
    }

    /// A group and the users in it, by name.
    ///
    /// - Throws: `NoSuchEntity`.
    func group(_ name: String, of account: String) async throws -> (Entity, [Entity]) {
        try await read { transaction in
            let group = try Self.entity(.group(name), of: account, in: transaction)
            let users = try Self.members(of: .group(name), of: account, in: transaction)
                .compactMap { try Self.find(.user($0), of: account, in: transaction) }
            return (group, users.sorted { $0.reference.foldedName < $1.reference.foldedName })
        }
    }

    /// The groups that a user is in, by name.
    ///
    /// - Throws: `NoSuchEntity`.
    func groups(of user: String, of account: String) async throws -> [Entity] {
        try await read { transaction in
            _ = try Self.entity(.user(user), of: account, in: transaction)
            return try Self.containers(of: user, .group, of: account, in: transaction)
                .compactMap { try Self.find(.group($0), of: account, in: transaction) }
                .sorted { $0.reference.foldedName < $1.reference.foldedName }
        }
    }

    /// The instance profiles that hold a role, by name.
    ///
    /// - Throws: `NoSuchEntity`.
    func instanceProfiles(of role: String, of account: String) async throws -> [Entity] {
        try await read { transaction in
            _ = try Self.entity(.role(role), of: account, in: transaction)
            return try Self.containers(of: role, .instanceProfile, of: account, in: transaction)
                .compactMap { try Self.find(.instanceProfile($0), of: account, in: transaction) }
                .sorted { $0.reference.foldedName < $1.reference.foldedName }
        }
    }

    /// Instance profiles as answers have them, with their roles.
    func instanceProfiles(
        _ profiles: [Entity], in context: RequestContext
    ) async throws -> [InstanceProfile] {
        try await read { transaction in
            try profiles.map { profile in
                InstanceProfile(
                    profile,
                    roles: try Self.roles(
                        in: profile.reference, of: profile.account, in: transaction),
                    tags: [], in: context.partition)
            }
        }
    }

    /// The roles that an instance profile holds.
    static func roles(
        in profile: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [Entity] {
        try members(of: profile, of: account, in: transaction)
            .compactMap { try find(.role($0), of: account, in: transaction) }
    }

    /// Removes a role that has no policies and is in no instance profile.
    ///
    /// - Throws: `NoSuchEntity`, `DeleteConflict`, `UnmodifiableEntity` for the roles of services.
    func deleteRole(_ name: String, of account: String) async throws {
        try await delete(.role(name), of: account) { transaction in
            let role = try Self.entity(.role(name), of: account, in: transaction)
            guard !role.path.hasPrefix(ServiceLinkedRole.pathPrefix) else {
                throw IAMError.unmodifiableEntityException(
                    "Cannot perform the operation on the protected role '\(name)' - this role is only modifiable "
                        + "by AWS")
            }
            let profiles = try Self.containers(
                of: name, .instanceProfile, of: account, in: transaction)
            guard profiles.isEmpty else {
                throw IAMError.deleteConflictException(
                    "Cannot delete entity, must remove roles from instance profile first.")
            }
            try Self.checkHasNoPolicies(.role(name), of: account, in: transaction)
        }
    }

    /// Objects where an entity has policies.
    ///
    /// - Throws: `DeleteConflict`.
    static func checkHasNoPolicies(
        _ reference: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws {
        guard try attachments(of: reference, of: account, in: transaction).isEmpty else {
            throw IAMError.deleteConflictException(
                "Cannot delete entity, must detach all policies first.")
        }
        guard try inlinePolicies(in: reference, of: account, in: transaction).isEmpty else {
            throw IAMError.deleteConflictException(
                "Cannot delete entity, must delete policies first.")
        }
    }

    /// The devices that a user has, by name.
    static func devices(
        of user: String, of account: String, in transaction: any ReadTransaction
    ) throws -> [Entity] {
        try entities(.mfaDevice, of: account, in: transaction)
            .filter { $0.detail("user") == user }
    }
}
