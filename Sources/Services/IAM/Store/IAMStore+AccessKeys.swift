import IAMModel
import Platform
import Storage
import Wire

/// The access keys of users, and of the root under an empty name.
extension IAMStore {
    /// Adds a key.
    ///
    /// - Throws: `NoSuchEntity` where there is no such user, `LimitExceeded`.
    func create(_ key: StoredAccessKey) async throws {
        try await write { transaction in
            if !key.user.isEmpty {
                _ = try Self.entity(.user(key.user), of: key.account, in: transaction)
            }
            let count = try Self.accessKeys(of: key.user, of: key.account, in: transaction).count
            guard count < IAMLimits.accessKeysPerUser else {
                throw IAMLimits.exceeded("AccessKeysPerUser", IAMLimits.accessKeysPerUser)
            }
            try transaction.execute(
                """
                INSERT INTO access_keys (id, account, user_name, secret, status, created)
                VALUES (?, ?, ?, ?, ?, ?)
                """, key.id, key.account, key.user, key.sealedSecret, key.status, key.created)
        }
    }

    /// The key with this identifier, of whatever account, deleted ones too; `nil` where there never was one.
    func accessKey(_ id: String) async throws -> StoredAccessKey? {
        try await read { transaction in
            try transaction.first("SELECT * FROM access_keys WHERE id = ?", id)
                .map(StoredAccessKey.init)
        }
    }

    /// A key and the user that it is of; `nil` where either is gone.
    func keyHolder(_ id: String) async throws -> (StoredAccessKey, Entity?)? {
        try await read { transaction in
            let row = try transaction.first("SELECT * FROM access_keys WHERE id = ?", id)
            guard let key = row.map(StoredAccessKey.init) else { return nil }
            if key.user.isEmpty { return (key, nil) }
            let user = try Self.find(.user(key.user), of: key.account, in: transaction)
            return user.map { (key, $0) }
        }
    }

    /// The keys of a user, the oldest first.
    static func accessKeys(
        of user: String, of account: String, in transaction: any ReadTransaction
    ) throws -> [StoredAccessKey] {
        try transaction.query(
            """
            SELECT * FROM access_keys WHERE account = ? AND user_name = ? AND status <> ?
            ORDER BY created, id
            """, account, user, StoredAccessKey.deleted
        ).map(StoredAccessKey.init)
    }

    /// Makes a key active or not.
    ///
    /// - Throws: `NoSuchEntity`.
    func setStatus(_ status: String, ofKey id: String, of user: String, _ account: String)
        async throws
    {
        try await write { transaction in
            if !user.isEmpty { _ = try Self.entity(.user(user), of: account, in: transaction) }
            let changed = try transaction.execute(
                """
                UPDATE access_keys SET status = ?
                WHERE id = ? AND account = ? AND user_name = ? AND status <> ?
                """, status, id, account, user, StoredAccessKey.deleted)
            guard changed == 1 else {
                throw IAMError.noSuchEntityException(
                    "The Access Key with id \(id) cannot be found.")
            }
        }
    }

    /// Removes a key. Its identifier is kept, so that it is not taken for one that nobody registered.
    ///
    /// - Throws: `NoSuchEntity`.
    func deleteKey(_ id: String, of user: String, _ account: String) async throws {
        try await setStatus(StoredAccessKey.deleted, ofKey: id, of: user, account)
    }

    /// Notes that keys were used.
    func note(_ uses: [String: KeyUse]) async throws {
        // No policy depends on it, so the authorizer need not read anew.
        try await database.write { transaction in
            for (id, use) in uses {
                try transaction.execute(
                    """
                    UPDATE access_keys SET last_used = ?, last_service = ?, last_region = ?
                    WHERE id = ?
                    """, use.time, use.service, use.region, id)
            }
        }
    }
}

extension StoredAccessKey {
    fileprivate init(_ row: Row) {
        self.init(
            id: row.string("id"), account: row.string("account"), user: row.string("user_name"),
            sealedSecret: row.bytes("secret"), status: row.string("status"),
            created: row.instant("created"))
        if let time = row.optionalInstant("last_used") {
            lastUse = KeyUse(
                time: time, service: row.optionalString("last_service") ?? "",
                region: row.optionalString("last_region") ?? "")
        }
    }
}
