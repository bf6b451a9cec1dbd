import IAMModel
import Storage
import Wire

/// The tags of a role. Their keys differ by more than their case.
extension RoleStore {
    /// Sets tags; a key that is there gets the new value.
    ///
    /// - Throws: `NoSuchEntity`, `LimitExceeded`.
    func tag(_ role: String, of account: String, with tags: [Tag]) async throws {
        try await database.write { transaction in
            let role = try Self.role(role, of: account, in: transaction)
            try Self.set(tags, on: role, in: transaction)
        }
    }

    /// Removes the tags that have one of `keys`.
    ///
    /// - Throws: `NoSuchEntity`.
    func untag(_ role: String, of account: String, keys: [String]) async throws {
        try await database.write { transaction in
            _ = try Self.role(role, of: account, in: transaction)
            for key in keys {
                try transaction.execute(
                    "DELETE FROM role_tags WHERE account = ? AND role = ? AND folded_key = ?",
                    account, role, key.lowercased())
            }
        }
    }

    static func set(
        _ tags: [Tag], on role: StoredRole, in transaction: any WriteTransaction
    ) throws {
        for tag in tags {
            try transaction.execute(
                """
                INSERT INTO role_tags (account, role, folded_key, key, value) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account, role, folded_key)
                DO UPDATE SET key = excluded.key, value = excluded.value
                """, role.account, role.name, tag.key.lowercased(), tag.key, tag.value)
        }
        guard try self.tags(of: role, in: transaction).count <= IAMLimits.tagsPerRole else {
            throw IAMError.limitExceededException(
                "Cannot exceed quota for TagsPerRole: \(IAMLimits.tagsPerRole)")
        }
    }

    static func tags(
        of role: StoredRole, in transaction: any ReadTransaction
    ) throws -> [Tag] {
        try transaction.query(
            "SELECT key, value FROM role_tags WHERE account = ? AND role = ? ORDER BY folded_key",
            role.account, role.name
        ).map { Tag(key: $0.string("key"), value: $0.string("value")) }
    }
}
