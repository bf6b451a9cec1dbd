import Platform
import Storage
import Wire

/// A multipart upload that is under way.
struct UploadRecord: Sendable {
    var id: String
    var key: [UInt8]
    var initiated: Instant
    /// The account that began it.
    var owner: String
    var storageClass: String
    /// The checksum that the parts have.
    var checksumAlgorithm: ChecksumAlgorithm?
    var checksumKind: ObjectChecksum.Kind?
    /// What the object will have beside its bytes.
    var details: ObjectDetails

    static let columns =
        "id, key, initiated, owner, storage_class, checksum_algorithm, checksum_type, details"

    init(
        id: String, key: [UInt8], initiated: Instant, owner: String, storageClass: String,
        details: ObjectDetails
    ) {
        self.id = id
        self.key = key
        self.initiated = Instant(seconds: initiated.seconds)
        self.owner = owner
        self.storageClass = storageClass
        self.details = details
    }

    init(_ row: Row) {
        id = row.string(0)
        key = row.bytes(1)
        initiated = row.instant(2)
        owner = row.string(3)
        storageClass = row.string(4)
        checksumAlgorithm = row.optionalString(5).flatMap { ChecksumAlgorithm(rawValue: $0) }
        checksumKind = row.optionalString(6).flatMap { ObjectChecksum.Kind(rawValue: $0) }
        details = ObjectDetails(json: row.bytes(7))
    }

    var values: [SQLValue] {
        [
            .text(id), .blob(key), initiated.sqlValue, .text(owner), .text(storageClass),
            SQLValue(checksumAlgorithm?.rawValue), SQLValue(checksumKind?.rawValue),
            .blob(details.json),
        ]
    }

    var keyText: String { ObjectKey.text(key) }
}

/// A part of a multipart upload.
struct PartRecord: Sendable {
    var number: Int
    var size: Int64
    /// Without its quotation marks.
    var eTag: String
    var modified: Instant
    var blob: String
    var checksum: ObjectChecksum?
    /// What makes the upload's key the part's.
    var salt: [UInt8]

    static let columns = "number, size, etag, modified, blob, checksum, salt"

    init(
        number: Int, size: Int64, eTag: String, modified: Instant, blob: String,
        checksum: ObjectChecksum?, salt: [UInt8]
    ) {
        self.salt = salt
        self.number = number
        self.size = size
        self.eTag = eTag
        self.modified = Instant(seconds: modified.seconds)
        self.blob = blob
        self.checksum = checksum
    }

    init(_ row: Row) {
        number = row.int(0)
        size = Int64(row.int(1))
        eTag = row.string(2)
        modified = row.instant(3)
        blob = row.string(4)
        checksum = row.optionalString(5).flatMap(ObjectChecksum.init)
        salt = row.optionalBytes(6) ?? []
    }

    var values: [SQLValue] {
        [
            .integer(Int64(number)), .integer(size), .text(eTag), modified.sqlValue, .text(blob),
            SQLValue(checksum?.text), .blob(salt),
        ]
    }

    var quotedETag: String { "\"\(eTag)\"" }
}
