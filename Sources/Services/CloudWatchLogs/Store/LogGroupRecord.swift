import Platform
import Storage

/// A log group as it is stored.
struct LogGroupRecord: Sendable {
    var id: Int64
    var name: String
    /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
    var logGroupClass: String
    var kmsKeyID: String?
    /// How many days events are kept; `nil` is for ever.
    var retentionDays: Int?
    var isProtected: Bool
    var created: Instant

    static let columns = "id, name, class, kms_key, retention_days, is_protected, created"

    init(
        id: Int64, name: String, logGroupClass: String, kmsKeyID: String?, isProtected: Bool,
        created: Instant
    ) {
        self.id = id
        self.name = name
        self.logGroupClass = logGroupClass
        self.kmsKeyID = kmsKeyID
        self.isProtected = isProtected
        self.created = created
    }

    init(_ row: Row) {
        self.id = Int64(row.int(0))
        self.name = row.string(1)
        self.logGroupClass = row.string(2)
        self.kmsKeyID = row.optionalString(3)
        self.retentionDays = row.optionalInt(4)
        self.isProtected = row.bool(5)
        self.created = row.instant(6)
    }

    /// How long events are kept; `nil` is for ever.
    var retention: Duration? { retentionDays.map { .seconds($0 * 24 * 3600) } }

    /// The time before which events have expired; `nil` where none does.
    func expiry(now: Instant) -> Instant? { retention.map { now - $0 } }
}
