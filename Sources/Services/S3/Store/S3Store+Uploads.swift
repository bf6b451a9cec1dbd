import Blobs
import Crypto
import Platform
import Storage
import Wire

extension S3Store {
    /// Begins an upload.
    ///
    /// - Throws: `NoSuchBucket`.
    func begin(_ upload: UploadRecord, in bucket: BucketRecord) async throws {
        try await database.write { transaction in
            let bucket = try transaction.bucket(bucket.name)
            try transaction.execute(
                "INSERT INTO uploads (\(UploadRecord.columns), bucket_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values: upload.values + [.integer(bucket.id)])
        }
    }

    /// An upload that is under way.
    ///
    /// - Throws: `NoSuchUpload`.
    func upload(_ id: String, key: String, in bucket: BucketRecord) async throws -> UploadRecord {
        try await database.read { try $0.upload(id, key: Array(key.utf8), in: bucket.id) }
    }

    /// Keeps a part, in place of the one that had its number.
    ///
    /// - Throws: `NoSuchUpload`; the bytes are taken back.
    func keep(
        _ part: PartRecord, blob: Blob, of upload: UploadRecord, in bucket: BucketRecord
    ) async throws {
        do {
            try await database.write { [self] transaction in
                _ = try transaction.upload(upload.id, key: upload.key, in: bucket.id)
                let replaced = try transaction.query(
                    "DELETE FROM upload_parts WHERE upload_id = ? AND number = ? RETURNING blob",
                    upload.id, part.number)
                try release(replaced.map { $0.string(0) }, in: transaction)
                try adopt(blob, in: transaction)
                try transaction.execute(
                    "INSERT INTO upload_parts (\(PartRecord.columns), upload_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    values: part.values + [.text(upload.id)])
            }
        } catch {
            await discard(.blob(blob))
            throw error
        }
    }

    /// A page of the parts of an upload.
    func parts(
        of upload: String, after number: Int = 0, limit: Int = S3Limits.parts
    ) async throws -> [PartRecord] {
        try await database.read { try $0.parts(of: upload, after: number, limit: limit) }
    }

    /// Gives an upload up.
    ///
    /// - Throws: `NoSuchUpload`, `PreconditionFailed`.
    func abort(
        _ id: String, key: String, in bucket: BucketRecord, ifInitiated: Instant?
    ) async throws {
        try await database.write { [self] transaction in
            let upload = try transaction.upload(id, key: Array(key.utf8), in: bucket.id)
            if let ifInitiated, ifInitiated.seconds != upload.initiated.seconds {
                throw S3Failure.preconditionFailed("x-amz-if-match-initiated-time")
            }
            try discardUpload(upload.id, in: transaction)
        }
    }

    /// Removes an upload and gives up its parts.
    func discardUpload(_ id: String, in transaction: any WriteTransaction) throws {
        let parts = try transaction.query(
            "DELETE FROM upload_parts WHERE upload_id = ? RETURNING blob", id)
        try release(parts.map { $0.string(0) }, in: transaction)
        try transaction.execute("DELETE FROM uploads WHERE id = ?", id)
    }

    /// Makes the object of an upload; the bytes of its parts become the object's as they are.
    ///
    /// - Parameter wanted: the parts in their order.
    /// - Throws: `NoSuchUpload`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `PreconditionFailed`, `BadDigest`.
    func complete(
        _ completion: UploadCompletion, of upload: UploadRecord, in bucket: BucketRecord,
        by actor: S3Actor
    ) async throws -> ObjectRecord {
        try await database.write { [self] transaction in
            let bucket = try transaction.bucket(bucket.name)
            let upload = try transaction.upload(upload.id, key: upload.key, in: bucket.id)
            let all = try transaction.parts(of: upload.id, after: 0, limit: S3Limits.parts)
            let parts = try completion.choose(from: all)
            var object = ObjectRecord(
                id: rowID(), key: upload.key, modified: clock.now, owner: upload.owner)
            object.size = parts.reduce(0) { $0 + $1.size }
            object.eTag = try completion.eTag(of: parts)
            object.checksum = try completion.checksum(of: parts, upload)
            object.storageClass = upload.storageClass
            object.place = .parts(parts.count)
            object.details = upload.details
            object.details.uploadID = upload.id
            var start: Int64 = 0
            for (index, part) in parts.enumerated() {
                try transaction.execute(
                    "INSERT INTO object_parts (object_id, number, start, size, blob, checksum, salt) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    object.id, index + 1, start, part.size, part.blob, part.checksum?.text,
                    part.salt)
                start += part.size
            }
            let used = Set(parts.map(\.number))
            try release(
                all.filter { !used.contains($0.number) }.map(\.blob), in: transaction)
            try transaction.execute("DELETE FROM upload_parts WHERE upload_id = ?", upload.id)
            try transaction.execute("DELETE FROM uploads WHERE id = ?", upload.id)
            return try insert(
                object, data: nil, in: bucket, completion.conditions, .objectCreatedUpload,
                by: actor, transaction)
        }
    }
}

extension ReadTransaction {
    /// The upload `id`.
    ///
    /// - Throws: `NoSuchUpload`.
    func upload(_ id: String, key: [UInt8], in bucket: Int64) throws -> UploadRecord {
        guard !id.utf8.contains(0),
            let row = try first(
                "SELECT \(UploadRecord.columns) FROM uploads WHERE id = ? AND bucket_id = ? AND key = ?",
                id, bucket, key)
        else { throw S3Failure.noSuchUpload(id) }
        return UploadRecord(row)
    }

    /// The parts of an upload, in their order.
    func parts(of upload: String, after number: Int, limit: Int) throws -> [PartRecord] {
        try query(
            "SELECT \(PartRecord.columns) FROM upload_parts WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?",
            upload, number, limit
        ).map(PartRecord.init)
    }
}
