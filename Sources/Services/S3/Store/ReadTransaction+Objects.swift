import HTTPTypes
import Platform
import Storage
import Wire

extension ReadTransaction {
    /// The newest version under a key, which may be a delete marker.
    func newest(_ key: [UInt8], in bucket: Int64) throws -> ObjectRecord? {
        try first(
            "SELECT \(ObjectRecord.columns) FROM versions WHERE bucket_id = ? AND key = ? "
                + "ORDER BY rank LIMIT 1", bucket, key
        ).map { ObjectRecord($0) }
    }

    /// The version `id` under a key.
    func version(_ id: String, of key: [UInt8], in bucket: Int64) throws -> ObjectRecord? {
        guard !id.utf8.contains(0) else { return nil }
        return try first(
            "SELECT \(ObjectRecord.columns) FROM versions WHERE bucket_id = ? AND key = ? "
                + "AND version_id = ? LIMIT 1", bucket, key, id
        ).map { ObjectRecord($0) }
    }

    /// The bytes that stand in the row of an object.
    func data(of object: ObjectRecord, in bucket: Int64) throws -> [UInt8]? {
        guard case .row = object.place, object.size > 0 else { return nil }
        return try first(
            "SELECT data FROM versions WHERE bucket_id = ? AND key = ? AND rank = ?", bucket,
            object.key, object.rank)?.optionalBytes(0)
    }

    /// The object that a request means.
    ///
    /// - Parameter versionID: nil means the newest.
    /// - Throws: `NoSuchKey`, `NoSuchVersion`, `InvalidArgument`, or `MethodNotAllowed` for a delete marker that is asked for by name.
    func object(
        _ key: String, versionID: String?, in bucket: BucketRecord, method: String = "GET"
    ) throws -> ObjectRecord {
        let bytes = Array(key.utf8)
        guard let versionID else {
            guard let object = try newest(bytes, in: bucket.id) else {
                throw S3Failure.noSuchKey(key)
            }
            guard !object.isDeleteMarker else {
                var failure = S3Failure.noSuchKey(key)
                failure.headers = Self.markerHeaders(object)
                throw failure
            }
            return object
        }
        guard ObjectVersionID.isWellFormed(versionID) else {
            throw S3Failure.invalidVersion(versionID)
        }
        guard let object = try version(versionID, of: bytes, in: bucket.id) else {
            throw S3Failure.noSuchVersion(key, versionID)
        }
        guard !object.isDeleteMarker else {
            var failure = S3Failure.methodNotAllowed(method, "DeleteMarker")
            failure.headers = Self.markerHeaders(object)
            failure.headers[.allow] = "DELETE"
            failure.headers[.lastModified] = object.modified.httpDate
            throw failure
        }
        return object
    }

    private static func markerHeaders(_ marker: ObjectRecord) -> HTTPFields {
        [.amzDeleteMarker: "true", .amzVersionID: marker.versionID]
    }
}
