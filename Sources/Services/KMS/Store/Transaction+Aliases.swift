import Platform
import Storage

/// An alias as it is stored.
struct AliasRecord: Sendable {
    var account: String
    var region: String
    /// With `alias/` before it.
    var name: String
    var keyID: String
    var created: Instant
    var updated: Instant

    static let columns = "account, region, name, key_id, created, updated"

    init(_ row: Row) {
        account = row.string(0)
        region = row.string(1)
        name = row.string(2)
        keyID = row.string(3)
        created = row.instant(4)
        updated = row.instant(5)
    }
}

extension ReadTransaction {
    /// An alias; `nil` where there is none.
    func alias(_ name: String, account: String, region: String) throws -> AliasRecord? {
        try first(
            "SELECT \(AliasRecord.columns) FROM aliases "
                + "WHERE account = ? AND region = ? AND name = ?", account, region, name
        ).map(AliasRecord.init)
    }

    /// The names of a key's aliases.
    func aliases(of place: KeyPlace) throws -> [String] {
        try query(
            "SELECT name FROM aliases WHERE account = ? AND region = ? AND key_id = ? "
                + "ORDER BY name", place.account, place.region, place.id
        ).map { $0.string(0) }
    }

    /// A page of aliases in the order of their names.
    ///
    /// - Parameter keyID: the key that they name; `nil` for all.
    func aliases(
        account: String, region: String, keyID: String?, after: String, limit: Int
    ) throws -> [AliasRecord] {
        let condition = keyID == nil ? "" : "AND key_id = ? "
        var values: [SQLValue] = [.text(account), .text(region), .text(after)]
        if let keyID { values.append(.text(keyID)) }
        return try query(
            "SELECT \(AliasRecord.columns) FROM aliases WHERE account = ? AND region = ? "
                + "AND name > ? \(condition)ORDER BY name LIMIT ?",
            values: values + [.integer(Int64(limit))]
        ).map(AliasRecord.init)
    }
}

extension WriteTransaction {
    /// Makes an alias.
    ///
    /// - Returns: false where the name is taken.
    func insertAlias(_ name: String, of place: KeyPlace, now: Instant) throws -> Bool {
        try execute(
            "INSERT INTO aliases (account, region, name, key_id, created, updated) "
                + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, name) DO NOTHING",
            place.account, place.region, name, place.id, now, now) == 1
    }
}
