import IAMModel
import Storage
import Wire

/// Signing certificates and SSH keys, which belong to users.
extension IAMStore {
    /// Adds what belongs to a user.
    ///
    /// - Throws: `NoSuchEntity`; `LimitExceeded` where the user has `limit` already.
    func add(
        _ entity: Entity, toUser user: String, limit: Int, quota: String
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(.user(user), of: entity.account, in: transaction)
            let others = try Self.entities(entity.kind, of: entity.account, in: transaction)
            guard others.count(where: { $0.detail("user") == user }) < limit else {
                throw IAMLimits.exceeded(quota, limit)
            }
            try Self.create(entity, in: transaction)
        }
    }

    /// What a user has of a kind, the oldest first.
    ///
    /// - Throws: `NoSuchEntity`.
    func credentials(
        _ kind: EntityKind, of user: String, _ account: String
    ) async throws -> [Entity] {
        try await read { transaction in
            _ = try Self.entity(.user(user), of: account, in: transaction)
            return try Self.entities(kind, of: account, in: transaction)
                .filter { $0.detail("user") == user }
                .sorted { ($0.created, $0.name) < ($1.created, $1.name) }
        }
    }

    /// Makes what a user has active or not, or with `nil` removes it.
    ///
    /// - Throws: `NoSuchEntity`.
    func set(
        status: String?, of reference: EntityReference, user: String, _ account: String
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(.user(user), of: account, in: transaction)
            guard
                try Self.entity(reference, of: account, in: transaction).detail("user") == user
            else { throw reference.kind.missing(reference.spelled) }
            guard let status else {
                return try Self.delete(reference, of: account, in: transaction)
            }
            try Self.update(reference, of: account, in: transaction) {
                $0.details["status"] = .string(status)
            }
        }
    }
}
