import IAMModel
import Storage
import Wire

/// The tags of whatever has some. Their keys differ by more than their case.
extension IAMStore {
    /// Sets tags; a key that is there gets the new value.
    ///
    /// - Throws: `NoSuchEntity`, `LimitExceeded`.
    func tag(_ reference: EntityReference, of account: String, with tags: [Tag]) async throws {
        try await write { transaction in
            _ = try Self.entity(reference, of: account, in: transaction)
            try Self.set(tags, on: reference, of: account, in: transaction)
        }
    }

    /// Removes the tags that have one of `keys`.
    ///
    /// - Throws: `NoSuchEntity`.
    func untag(_ reference: EntityReference, of account: String, keys: [String]) async throws {
        try await write { transaction in
            _ = try Self.entity(reference, of: account, in: transaction)
            for key in keys {
                try transaction.execute(
                    """
                    DELETE FROM tags WHERE account = ? AND kind = ? AND owner = ? AND folded_key = ?
                    """, account, reference.kind.rawValue, reference.name, key.lowercased())
            }
        }
    }

    static func set(
        _ tags: [Tag], on reference: EntityReference, of account: String,
        in transaction: any WriteTransaction
    ) throws {
        guard !tags.isEmpty else { return }
        for tag in tags {
            try transaction.execute(
                """
                INSERT INTO tags (account, kind, owner, folded_key, key, value)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (account, kind, owner, folded_key)
                DO UPDATE SET key = excluded.key, value = excluded.value
                """, account, reference.kind.rawValue, reference.name, tag.key.lowercased(),
                tag.key, tag.value)
        }
        let count = try self.tags(of: reference, of: account, in: transaction).count
        guard count <= IAMLimits.tagsPerEntity else {
            throw IAMLimits.exceeded(
                "TagsPer\(reference.kind.rawValue.capitalizedWords)", IAMLimits.tagsPerEntity)
        }
    }

    static func tags(
        of reference: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [Tag] {
        try transaction.query(
            """
            SELECT key, value FROM tags WHERE account = ? AND kind = ? AND owner = ?
            ORDER BY folded_key
            """, account, reference.kind.rawValue, reference.name
        ).map { Tag(key: $0.string("key"), value: $0.string("value")) }
    }

    /// A page of an entity's tags. Keys may be longer than a marker, so a marker counts the tags before it.
    ///
    /// - Throws: `NoSuchEntity`, `ValidationError` for a marker that no answer had.
    func tagPage(
        _ reference: EntityReference, of account: String, marker: String?, count: Int?
    ) async throws -> Page<Tag> {
        let (_, tags) = try await taggedEntity(reference, of: account)
        let passed = min(max(Int(try Page<Tag>.key(of: marker)) ?? 0, 0), tags.count)
        let count = count ?? IAMLimits.defaultPageItems
        return Page(
            Array(tags.dropFirst(passed)), count: count, key: { _ in String(passed + count) })
    }
}

extension String {
    /// `instance-profile` as `InstanceProfile`.
    var capitalizedWords: String {
        split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
