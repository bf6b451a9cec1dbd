import DynamoDBModel

/// A secondary index of a table, as reads and writes need it.
struct TableIndex: Sendable {
    /// What kind of index it is.
    enum Kind: Sendable {
        case local
        case global
        /// The index by the attribute that says when an item expires. Nobody sees it.
        case expiry
    }

    /// Which attributes it holds.
    enum Contents: Sendable, Hashable {
        case all
        /// The keys of the table and of the index, and these.
        case some(Set<String>)
    }

    /// Names its rows.
    let id: Int64
    let kind: Kind
    let name: String
    let key: KeySchema
    let contents: Contents
    /// Whether it can be read: it holds all that was there when it was made.
    let isReadable: Bool

    init(
        id: Int64, kind: Kind, name: String, key: KeySchema, projection: Projection?,
        of table: KeySchema, isReadable: Bool
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.key = key
        self.isReadable = isReadable
        if projection?.projectionType == "ALL" {
            contents = .all
        } else {
            contents = .some(
                Set(table.names + key.names + (projection?.nonKeyAttributes ?? [])))
        }
    }

    /// Whether it has its own copy of what it projects, and does not refer to the table's.
    var hasCopies: Bool { contents != .all && kind != .expiry }
}
