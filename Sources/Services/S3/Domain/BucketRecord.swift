import Platform
import Storage
import Wire

/// A bucket as it is stored.
struct BucketRecord: Sendable {
    /// What happens to an object that another takes the place of.
    enum Versioning: String, Sendable {
        /// It is gone; versioning was never on.
        case never = ""
        case enabled = "Enabled"
        case suspended = "Suspended"
    }

    var id: Int64
    var name: String
    /// The account that owns it.
    var account: String
    var region: String
    var created: Instant
    var versioning = Versioning.never
    /// Objects may be locked.
    var hasLocks = false
    /// `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`; `nil` where the setting was deleted, which is as the last.
    var ownership: String? = "BucketOwnerEnforced"
    var grants: [ACLGrant]

    static let columns =
        "id, name, account, region, created, versioning, has_locks, ownership, grants"

    init(
        id: Int64, name: String, account: String, region: String, created: Instant,
        grants: [ACLGrant]
    ) {
        self.id = id
        self.name = name
        self.account = account
        self.region = region
        self.created = Instant(seconds: created.seconds)
        self.grants = grants
    }

    init(_ row: Row) {
        id = Int64(row.int(0))
        name = row.string(1)
        account = row.string(2)
        region = row.string(3)
        created = row.instant(4)
        versioning = Versioning(rawValue: row.string(5)) ?? .never
        hasLocks = row.bool(6)
        ownership = row.optionalString(7)
        grants = Self.grants(row.bytes(8))
    }

    var values: [SQLValue] {
        [
            .integer(id), .text(name), .text(account), .text(region), created.sqlValue,
            .text(versioning.rawValue), .integer(hasLocks ? 1 : 0), SQLValue(ownership),
            .blob(Self.bytes(of: grants)),
        ]
    }

    static func bytes(of grants: [ACLGrant]) -> [UInt8] {
        Document.array(grants.map(\.document)).json()
    }

    private static func grants(_ bytes: [UInt8]) -> [ACLGrant] {
        guard case .array(let items)? = try? Document(json: bytes) else { return [] }
        return items.compactMap(ACLGrant.init)
    }

    /// Access control lists have no say: the bucket's owner owns everything in it.
    var ignoresACLs: Bool { ownership == "BucketOwnerEnforced" }

    var arn: String { "arn:aws:s3:::\(name)" }
}
