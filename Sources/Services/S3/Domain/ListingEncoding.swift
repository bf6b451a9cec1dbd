import S3Model
import Wire

/// How a listing writes keys: as they are, or as URLs have them, for characters that XML cannot express.
struct ListingEncoding: Sendable {
    let isURL: Bool

    init(_ encodingType: String?) {
        isURL = encodingType == "url"
    }

    func callAsFunction(_ text: String) -> String {
        guard isURL else { return text }
        var encoded: [UInt8] = []
        let escaped = PercentEncoding.encode(text, allowing: "/*").utf8
        var rest = escaped[...]
        while let byte = rest.popFirst() {
            // A space is a plus sign here.
            if byte == UInt8(ascii: "%"), rest.starts(with: "20".utf8) {
                encoded.append(UInt8(ascii: "+"))
                rest = rest.dropFirst(2)
            } else {
                encoded.append(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    func callAsFunction(_ key: [UInt8]) -> String { self(ObjectKey.text(key)) }

    func prefixes(_ keys: [[UInt8]]) -> [CommonPrefix]? {
        keys.isEmpty ? nil : keys.map { CommonPrefix(prefix: self($0)) }
    }

    /// An object as listings show it.
    func object(
        _ object: ObjectRecord, owner: Owner?, withRestoreStatus: Bool
    ) -> Object {
        Object(
            key: self(object.key), lastModified: object.modified, eTag: object.quotedETag,
            checksumAlgorithm: object.checksum.map { [$0.algorithm.rawValue] },
            checksumType: object.checksum?.kind.rawValue, size: Int(object.size),
            storageClass: object.storageClass, owner: owner,
            restoreStatus: withRestoreStatus ? object.restoreStatus : nil)
    }
}

extension ObjectRecord {
    /// What listings say of the copy of an archived object.
    var restoreStatus: RestoreStatus? {
        details.restoredUntil.map {
            RestoreStatus(isRestoreInProgress: false, restoreExpiryDate: $0)
        }
    }

    /// The owner as the bucket sees it: with access control lists off, everything is the bucket owner's.
    func owner(in bucket: BucketRecord) -> Owner {
        CanonicalUser.owner(bucket.ignoresACLs ? bucket.account : owner)
    }
}
