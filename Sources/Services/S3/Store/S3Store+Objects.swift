import Blobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

/// A version that was found, with the bytes of its row.
struct FoundObject: Sendable {
    var bucket: BucketRecord
    var object: ObjectRecord
    var data: [UInt8]?
    /// When the bucket's rules let the newest version expire: `x-amz-expiration`.
    var expiration: String?
}

extension S3Store {
    /// Finds an object.
    ///
    /// - Parameter withData: whether the bytes that stand in the row are wanted.
    /// - Throws: `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `AccessDenied` where the bucket is not the expected owner's.
    func find(
        _ key: String, in name: String, versionID: String? = nil, expectedOwner: String? = nil,
        withData: Bool = false
    ) async throws -> FoundObject {
        try await database.read { transaction in
            let bucket = try transaction.bucket(name)
            guard expectedOwner ?? bucket.account == bucket.account else {
                throw S3Failure.accessDenied
            }
            let object = try transaction.object(key, versionID: versionID, in: bucket)
            return FoundObject(
                bucket: bucket, object: object,
                data: withData ? try transaction.data(of: object, in: bucket.id) : nil,
                expiration: versionID == nil
                    ? try transaction.expiration(of: object, in: bucket.id) : nil)
        }
    }

    /// The body of an object that was found; found anew where it was replaced in between.
    func body(of found: FoundObject, range: Range<Int64>, _ cipher: ObjectCipher) async throws
        -> Body
    {
        do {
            return try await body(of: found.object, inline: found.data, range: range, cipher)
        } catch let error as BlobError where error.kind == .notFound {
            throw S3Failure.noSuchKey(found.object.keyText)
        }
    }

    /// Changes what is known of a version beside its bytes.
    ///
    /// - Throws: as `find`; what `change` throws.
    @discardableResult
    func update(
        _ key: String, in bucket: BucketRecord, versionID: String?,
        _ change: @escaping @Sendable (inout ObjectRecord, any WriteTransaction) throws -> Void
    ) async throws -> ObjectRecord {
        try await database.write { transaction in
            var object = try transaction.object(
                key, versionID: versionID, in: bucket, method: "PUT")
            try change(&object, transaction)
            try transaction.execute(
                "UPDATE versions SET details = ?, storage_class = ? "
                    + "WHERE bucket_id = ? AND key = ? AND rank = ?", object.details.json,
                object.storageClass, bucket.id, object.key, object.rank)
            return object
        }
    }
}

extension ReadTransaction {
    /// When the newest version of an object expires, in the words of `x-amz-expiration`.
    fileprivate func expiration(of object: ObjectRecord, in bucket: Int64) throws -> String? {
        guard let bytes = try setting(.lifecycle, of: bucket) else { return nil }
        let found: PutBucketLifecycleConfigurationRequest = try S3Store.value(of: bytes)
        return LifecycleRules.expiration(
            of: object, by: found.lifecycleConfiguration?.rules ?? []
        ).map { "expiry-date=\"\($0.time.httpDate)\", rule-id=\"\($0.rule)\"" }
    }
}
