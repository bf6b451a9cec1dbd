package import ServiceKit
package import Storage

/// Finds out that a database was sealed under another root key before anything is read or written with the wrong one.
package enum RootKeyCheck {
    /// Why Apus must not use the database.
    package struct Mismatch: Error, CustomStringConvertible {
        package let description: String
    }

    private static let name = "root"

    /// Remembers `rootKey` as the key of a database that has none yet, and compares it where there is one.
    ///
    /// - Throws: `Mismatch` where the database belongs to another root key.
    package static func adopt(_ rootKey: RootKey, in database: any Database) async throws {
        var known = try await database.read { try rememberedKey(in: $0) }
        if known == nil {
            known = try await database.write { transaction in
                try note(rootKey, in: transaction)
                return try rememberedKey(in: transaction)
            }
        }
        guard known == rootKey.fingerprint else {
            throw Mismatch(
                description: """
                    the secrets in the database are sealed with another root key. Give every node \
                    the same one: --root-key or APUS_ROOT_KEY names the file that holds it, such \
                    as root.key in the data directory of the node that came first
                    """)
        }
    }

    private static func rememberedKey(in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT fingerprint FROM root_key WHERE name = ?", name)?.bytes(0)
    }

    /// Remembers the key of a database that has none.
    static func note(_ rootKey: RootKey, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "INSERT INTO root_key (name, fingerprint) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            name, rootKey.fingerprint)
    }
}
