import IAMModel
import Platform
import Storage
import Wire

/// Users, groups, roles, policies and all else that has a name.
extension IAMStore {
    /// Adds an entity.
    ///
    /// - Throws: `EntityAlreadyExists`, `LimitExceeded`.
    func create(_ entity: Entity, tags: [Tag] = []) async throws {
        try await write { transaction in
            try Self.create(entity, tags: tags, in: transaction)
        }
    }

    static func create(
        _ entity: Entity, tags: [Tag] = [], in transaction: any WriteTransaction
    ) throws {
        let existing = try transaction.first(
            "SELECT 1 FROM entities WHERE account = ? AND kind = ? AND folded_name = ?",
            entity.account, entity.kind.rawValue, entity.reference.foldedName)
        guard existing == nil else { throw entity.kind.existing(entity.name) }
        if let quota = entity.kind.quota {
            let count = try transaction.first(
                "SELECT COUNT(*) FROM entities WHERE account = ? AND kind = ?", entity.account,
                entity.kind.rawValue)
            guard count?.int(0) ?? 0 < quota.limit else {
                throw IAMLimits.exceeded(quota.name, quota.limit)
            }
        }
        try insert(entity, in: transaction)
        try set(tags, on: entity.reference, of: entity.account, in: transaction)
    }

    private static func insert(_ entity: Entity, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO entities (account, kind, folded_name, name, path, id, created, boundary,
                description, document, number, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            entity.account, entity.kind.rawValue, entity.reference.foldedName, entity.name,
            entity.path, entity.id, entity.created, entity.boundary, entity.description,
            entity.document, entity.number, Document.object(entity.details).jsonText)
    }

    /// The entity of this name.
    ///
    /// - Throws: `NoSuchEntity`.
    func entity(_ reference: EntityReference, of account: String) async throws -> Entity {
        try await read { try Self.entity(reference, of: account, in: $0) }
    }

    /// The entity of this name, and its tags.
    ///
    /// - Throws: `NoSuchEntity`.
    func taggedEntity(
        _ reference: EntityReference, of account: String
    ) async throws -> (Entity, [Tag]) {
        try await read { transaction in
            (
                try Self.entity(reference, of: account, in: transaction),
                try Self.tags(of: reference, of: account, in: transaction)
            )
        }
    }

    static func entity(
        _ reference: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> Entity {
        guard let entity = try find(reference, of: account, in: transaction) else {
            throw reference.kind.missing(reference.spelled)
        }
        return entity
    }

    /// The entity of this name; `nil` where there is none.
    static func find(
        _ reference: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> Entity? {
        try transaction.first(
            "SELECT * FROM entities WHERE account = ? AND kind = ? AND folded_name = ? AND name = ?",
            account, reference.kind.rawValue, reference.foldedName, reference.name
        ).map(Entity.init)
    }

    /// The entities of a kind whose path begins with `prefix`, by name; `count` and one more, which tells that there are more.
    func entities(
        _ kind: EntityKind, of account: String, under prefix: String = "/", after key: String = "",
        count: Int = Int(Int32.max)
    ) async throws -> [Entity] {
        try await read { transaction in
            try Self.entities(
                kind, of: account, under: prefix, after: key, count: count, in: transaction)
        }
    }

    static func entities(
        _ kind: EntityKind, of account: String, under prefix: String = "/", after key: String = "",
        count: Int = Int(Int32.max), in transaction: any ReadTransaction
    ) throws -> [Entity] {
        try transaction.query(
            """
            SELECT * FROM entities
            WHERE account = ? AND kind = ? AND folded_name > ? AND path >= ? AND path < ?
            ORDER BY folded_name LIMIT ?
            """,
            account, kind.rawValue, key, prefix, prefix + "\u{10FFFF}", count + 1
        ).map(Entity.init)
    }

    /// Changes an entity by `change`.
    ///
    /// - Throws: `NoSuchEntity`, and what `change` throws.
    @discardableResult
    func update(
        _ reference: EntityReference, of account: String,
        _ change: @escaping @Sendable (inout Entity) throws -> Void
    ) async throws -> Entity {
        try await write { transaction in
            try Self.update(reference, of: account, in: transaction, change)
        }
    }

    @discardableResult
    static func update(
        _ reference: EntityReference, of account: String, in transaction: any WriteTransaction,
        _ change: (inout Entity) throws -> Void
    ) throws -> Entity {
        var entity = try entity(reference, of: account, in: transaction)
        try change(&entity)
        try transaction.execute(
            """
            UPDATE entities SET path = ?, boundary = ?, description = ?, document = ?, number = ?,
                details = ?
            WHERE account = ? AND kind = ? AND folded_name = ?
            """,
            entity.path, entity.boundary, entity.description, entity.document, entity.number,
            Document.object(entity.details).jsonText, account, reference.kind.rawValue,
            reference.foldedName)
        return entity
    }

    /// Gives an entity another name or path, and all that belongs to it.
    ///
    /// - Throws: `NoSuchEntity`, `EntityAlreadyExists`.
    func rename(
        _ reference: EntityReference, of account: String, to name: String?, path: String?
    ) async throws {
        try await write { transaction in
            var entity = try Self.entity(reference, of: account, in: transaction)
            entity.path = path ?? entity.path
            let renamed = EntityReference(reference.kind, name ?? reference.name)
            if renamed.foldedName != reference.foldedName {
                guard try Self.find(renamed, of: account, in: transaction) == nil else {
                    throw reference.kind.existing(renamed.name)
                }
            }
            try Self.delete(reference, of: account, in: transaction)
            entity.reference = renamed
            try Self.insert(entity, in: transaction)
            try Self.move(reference, of: account, to: renamed.name, in: transaction)
        }
    }

    private static func move(
        _ reference: EntityReference, of account: String, to name: String,
        in transaction: any WriteTransaction
    ) throws {
        for table in ["inline_policies", "tags", "attachments"] {
            try transaction.execute(
                "UPDATE \(table) SET owner = ? WHERE account = ? AND kind = ? AND owner = ?", name,
                account, reference.kind.rawValue, reference.name)
        }
        switch reference.kind {
        case .user:
            try transaction.execute(
                "UPDATE members SET member = ? WHERE account = ? AND kind = 'group' AND member = ?",
                name, account, reference.name)
            try transaction.execute(
                "UPDATE access_keys SET user_name = ? WHERE account = ? AND user_name = ?", name,
                account, reference.name)
            try transaction.execute(
                """
                UPDATE entities SET name = ?, folded_name = ?
                WHERE account = ? AND kind = 'login-profile' AND name = ?
                """, name, name.lowercased(), account, reference.name)
        case .group:
            try transaction.execute(
                "UPDATE members SET container = ? WHERE account = ? AND kind = 'group' AND container = ?",
                name, account, reference.name)
        default: break
        }
    }

    /// Removes an entity and its tags.
    static func delete(
        _ reference: EntityReference, of account: String, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            "DELETE FROM entities WHERE account = ? AND kind = ? AND folded_name = ?", account,
            reference.kind.rawValue, reference.foldedName)
    }

    /// Removes an entity and its tags, unless `check` objects.
    ///
    /// - Throws: `NoSuchEntity`, and what `check` throws.
    func delete(
        _ reference: EntityReference, of account: String,
        unless check: @escaping @Sendable (any WriteTransaction) throws -> Void = { _ in }
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(reference, of: account, in: transaction)
            try check(transaction)
            try Self.delete(reference, of: account, in: transaction)
            try transaction.execute(
                "DELETE FROM tags WHERE account = ? AND kind = ? AND owner = ?", account,
                reference.kind.rawValue, reference.name)
        }
    }
}

extension Entity {
    init(_ row: Row) {
        let kind = EntityKind(rawValue: row.string("kind"))
        guard let kind else { preconditionFailure("the table holds an unknown kind") }
        self.init(
            account: row.string("account"), reference: .init(kind, row.string("name")),
            path: row.string("path"), id: row.string("id"), created: row.instant("created"),
            boundary: row.optionalString("boundary"),
            description: row.optionalString("description"),
            document: row.optionalString("document"), number: row.int("number"))
        if case .object(let members)? = try? Document(json: row.string("details")) {
            details = members
        }
    }
}
