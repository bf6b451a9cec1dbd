import KMSModel
import Storage
import Wire

extension ReadTransaction {
    /// Every grant of a key.
    func grants(of place: KeyPlace) throws -> [Grant] {
        try query(
            "SELECT \(Grant.columns) FROM grants "
                + "WHERE account = ? AND region = ? AND key_id = ? ORDER BY id",
            place.account, place.region, place.id
        ).map(Grant.init)
    }

    /// A page of a key's grants in the order of their identifiers.
    func grants(
        of place: KeyPlace, grantID: String?, grantee: String?, after: String, limit: Int
    ) throws -> [Grant] {
        var conditions = "account = ? AND region = ? AND key_id = ? AND id > ?"
        var values: [SQLValue] = [place.account, place.region, place.id, after].map { .text($0) }
        if let grantID {
            conditions += " AND id = ?"
            values.append(.text(grantID))
        }
        if let grantee {
            conditions += " AND grantee = ?"
            values.append(.text(grantee))
        }
        return try query(
            "SELECT \(Grant.columns) FROM grants WHERE \(conditions) ORDER BY id LIMIT ?",
            values: values + [.integer(Int64(limit))]
        ).map(Grant.init)
    }

    /// A page of the grants that `principal` can retire, each with its key's identifier.
    func grants(
        retirableBy principal: String, account: String, region: String, after: String, limit: Int
    ) throws -> [(grant: Grant, keyID: String)] {
        try query(
            "SELECT \(Grant.columns), key_id FROM grants WHERE retiring = ? AND account = ? "
                + "AND region = ? AND id > ? ORDER BY id LIMIT ?",
            principal, account, region, after, limit
        ).map { (Grant($0), $0.string(10)) }
    }

    /// The grant with this token, and its key; `nil` where there is none.
    func grant(token: String) throws -> (grant: Grant, place: KeyPlace)? {
        try first(
            "SELECT \(Grant.columns), account, region, key_id FROM grants WHERE token = ?", token
        ).map { row in
            (
                Grant(row),
                KeyPlace(account: row.string(10), region: row.string(11), id: row.string(12))
            )
        }
    }
}

extension WriteTransaction {
    /// Writes a new grant.
    func insert(_ grant: Grant, of place: KeyPlace) throws {
        try execute(
            "INSERT INTO grants (account, region, key_id, id, token, name, grantee, retiring, "
                + "issuer, operations, context_equals, context_subset, created) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            place.account, place.region, place.id, grant.id, grant.token, grant.name,
            grant.grantee, grant.retiring, grant.issuer, grant.operations.joined(separator: ","),
            Grant.text(grant.contextEquals), Grant.text(grant.contextSubset), grant.created)
    }

    /// Removes a grant.
    ///
    /// - Throws: `NotFoundException`.
    func deleteGrant(_ id: String, of place: KeyPlace) throws {
        let count = try execute(
            "DELETE FROM grants WHERE account = ? AND region = ? AND key_id = ? AND id = ?",
            place.account, place.region, place.id, id)
        guard count == 1 else { throw KMSError.notFoundException("Grant ID \(id) not found") }
    }
}
