import Blobs
import Platform
import Storage
import Wire

/// A version of an object, or a delete marker, as it is stored.
struct ObjectRecord: Sendable {
    /// Where the bytes are.
    enum Place: Sendable, Equatable {
        /// In the row itself.
        case row
        case blob(BlobID)
        /// In the rows of so many parts.
        case parts(Int)
    }

    /// The `VersionId` of what is put while a bucket has no versioning.
    static let nullVersion = "null"

    /// Names the version among all that ever were; its parts are kept under it.
    var id: Int64
    var key: [UInt8]
    /// Its place among the versions of the key: the newest has the least.
    var rank: Int64 = 0
    var versionID = ObjectRecord.nullVersion
    var isDeleteMarker = false
    var size: Int64 = 0
    /// Without its quotation marks.
    var eTag = ""
    /// To the second, as S3 tells it.
    var modified: Instant
    var storageClass = "STANDARD"
    /// The account that put it.
    var owner: String
    var checksum: ObjectChecksum?
    var place = Place.row
    var details = ObjectDetails()

    var keyText: String { ObjectKey.text(key) }
    var quotedETag: String { "\"\(eTag)\"" }

    static let columns =
        "id, key, rank, version_id, is_marker, size, etag, modified, storage_class, owner, checksum, "
        + "blob, part_count, details"

    init(id: Int64, key: [UInt8], modified: Instant, owner: String) {
        self.id = id
        self.key = key
        self.modified = Instant(seconds: modified.seconds)
        self.owner = owner
    }

    /// - Parameter withDetails: whether what is known beside the columns is wanted; listings mostly do without.
    init(_ row: Row, withDetails: Bool = true) {
        id = Int64(row.int(0))
        key = row.bytes(1)
        rank = Int64(row.int(2))
        versionID = row.string(3)
        isDeleteMarker = row.bool(4)
        size = Int64(row.int(5))
        eTag = row.string(6)
        modified = row.instant(7)
        storageClass = row.string(8)
        owner = row.string(9)
        checksum = row.optionalString(10).flatMap(ObjectChecksum.init)
        if let blob = row.optionalString(11).flatMap(BlobID.init) {
            place = .blob(blob)
        } else if let parts = row.optionalInt(12) {
            place = .parts(parts)
        }
        if withDetails { details = ObjectDetails(json: row.bytes(13)) }
    }

    /// The values of `columns`.
    var values: [SQLValue] {
        var (blob, parts): (SQLValue, SQLValue) = (.null, .null)
        switch place {
        case .row: break
        case .blob(let id): blob = .text(id.description)
        case .parts(let count): parts = .integer(Int64(count))
        }
        return [
            .integer(id), .blob(key), .integer(rank), .text(versionID),
            .integer(isDeleteMarker ? 1 : 0), .integer(size), .text(eTag), modified.sqlValue,
            .text(storageClass), .text(owner), SQLValue(checksum?.text), blob, parts,
            .blob(details.json),
        ]
    }
}
