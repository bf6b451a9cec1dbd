import Blobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

/// A version that is to be written.
struct NewObject: Sendable {
    var record: ObjectRecord
    var bytes: StoredBytes
    var conditions = Preconditions()
    /// The event that tells of it.
    var event: S3Event.Kind
    /// What is asked for is a replica: it is not replicated further.
    var isReplica = false
}

extension S3Store {
    /// Writes a new version under a key, and gives up what it takes the place of.
    ///
    /// - Returns: the version as it was written, and the bucket.
    /// - Throws: `NoSuchBucket`, `PreconditionFailed`; the bytes are taken back.
    func put(
        _ new: NewObject, in bucket: BucketRecord, by actor: S3Actor
    ) async throws -> ObjectRecord {
        do {
            return try await database.write { [self] transaction in
                let bucket = try transaction.bucket(bucket.name)
                var (object, data): (ObjectRecord, [UInt8]?) = (new.record, nil)
                switch new.bytes {
                case .row(let bytes): data = bytes
                case .blob(let blob):
                    try adopt(blob, in: transaction)
                    object.place = .blob(blob.id)
                }
                return try insert(
                    object, data: data, in: bucket, new.conditions, new.event, by: actor,
                    isReplica: new.isReplica, transaction)
            }
        } catch {
            await discard(new.bytes)
            throw error
        }
    }

    /// Inserts a version whose bytes are held on to already.
    func insert(
        _ new: ObjectRecord, data: [UInt8]?, in bucket: BucketRecord, _ conditions: Preconditions,
        _ event: S3Event.Kind, by actor: S3Actor, isReplica: Bool = false,
        _ transaction: any WriteTransaction
    ) throws -> ObjectRecord {
        var object = new
        let newest = try transaction.newest(object.key, in: bucket.id)
        try conditions.checkWrite(
            current: newest.flatMap { $0.isDeleteMarker ? nil : $0 }, key: object.keyText)
        if bucket.hasLocks { try applyDefaultRetention(to: &object, of: bucket, transaction) }
        if bucket.versioning == .enabled {
            // A replica has the identifier of its source.
            if !isReplica { object.versionID = versionID() }
        } else if newest != nil {
            try removeNullVersion(object.key, newest: newest, in: bucket, transaction)
        }
        object.rank = (newest?.rank ?? 0) - 1
        if !isReplica { try replicate(&object, in: bucket, transaction) }
        try write(object, data: data, bucket: bucket.id, transaction)
        try notify(event, object, in: bucket, by: actor, transaction)
        return object
    }

    /// Makes the row of a version.
    func write(
        _ object: ObjectRecord, data: [UInt8]?, bucket: Int64, _ transaction: any WriteTransaction
    ) throws {
        var values = object.values
        values.append(.integer(bucket))
        values.append(data.map { .blob($0) } ?? .null)
        try transaction.execute(
            "INSERT INTO versions (\(ObjectRecord.columns), bucket_id, data) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values: values)
    }

    /// Removes the version that was put without versioning.
    private func removeNullVersion(
        _ key: [UInt8], newest: ObjectRecord?, in bucket: BucketRecord,
        _ transaction: any WriteTransaction
    ) throws {
        let null =
            newest?.versionID == ObjectRecord.nullVersion
            ? newest
            : try transaction.version(ObjectRecord.nullVersion, of: key, in: bucket.id)
        if let null { try remove(null, in: bucket, transaction) }
    }

    /// Removes the row of a version, and gives up its bytes.
    func remove(
        _ object: ObjectRecord, in bucket: BucketRecord, _ transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            "DELETE FROM versions WHERE bucket_id = ? AND key = ? AND rank = ?", bucket.id,
            object.key, object.rank)
        try releaseBytes(of: object, in: transaction)
    }

    /// Protects a new version as the bucket says, where the request says nothing.
    private func applyDefaultRetention(
        to object: inout ObjectRecord, of bucket: BucketRecord, _ transaction: any ReadTransaction
    ) throws {
        guard object.details.retentionMode == nil,
            let bytes = try transaction.setting(.objectLock, of: bucket.id)
        else { return }
        let configuration: ObjectLockConfiguration = try Self.value(of: bytes)
        guard let retention = configuration.rule?.defaultRetention, let mode = retention.mode else {
            return
        }
        object.details.retentionMode = mode
        let days = retention.days ?? (retention.years ?? 0) * 365
        object.details.retainUntil = object.modified + .seconds(days * 86_400)
    }
}

// MARK: - Deleting

/// What a deletion did.
struct Deletion: Sendable {
    /// The version that is gone, or the marker that was made.
    var versionID: String?
    /// Whether a marker was made, or the version that is gone was one.
    var isDeleteMarker = false
}

/// What is to be deleted.
struct DeletionRequest: Sendable {
    var key: String
    var versionID: String?
    var bypassesGovernance = false
    var ifMatch: String?
    var ifLastModified: Instant?
    var ifSize: Int?
}

extension S3Store {
    /// Deletes an object or version.
    ///
    /// - Throws: `AccessDenied` where it is locked, `PreconditionFailed`, `InvalidArgument`.
    func delete(
        _ request: DeletionRequest, in bucket: BucketRecord, by actor: S3Actor
    ) async throws -> Deletion {
        try await database.write { [self] transaction in
            try delete(request, in: try transaction.bucket(bucket.name), by: actor, transaction)
        }
    }

    /// Deletes an object or version in a transaction.
    func delete(
        _ request: DeletionRequest, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws -> Deletion {
        let key = Array(request.key.utf8)
        guard let versionID = request.versionID, !versionID.isEmpty else {
            return try deleteNewest(key, request, in: bucket, by: actor, transaction)
        }
        guard ObjectVersionID.isWellFormed(versionID) else {
            throw S3Failure.invalidVersion(versionID)
        }
        guard let object = try transaction.version(versionID, of: key, in: bucket.id) else {
            try check(request, against: nil)
            return Deletion(versionID: versionID)
        }
        try check(request, against: object)
        try ObjectLock.checkRemoval(
            of: object, bypassesGovernance: request.bypassesGovernance, now: clock.now)
        try remove(object, in: bucket, transaction)
        try notify(.objectRemovedDelete, object, in: bucket, by: actor, transaction)
        return Deletion(versionID: versionID, isDeleteMarker: object.isDeleteMarker)
    }

    private func deleteNewest(
        _ key: [UInt8], _ request: DeletionRequest, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws -> Deletion {
        let newest = try transaction.newest(key, in: bucket.id)
        try check(request, against: newest.flatMap { $0.isDeleteMarker ? nil : $0 })
        guard bucket.versioning != .never else {
            guard let newest else { return Deletion() }
            try remove(newest, in: bucket, transaction)
            try notify(.objectRemovedDelete, newest, in: bucket, by: actor, transaction)
            return Deletion()
        }
        let marker = try hide(
            key, behind: newest, in: bucket, .objectRemovedMarker, by: actor, transaction)
        return Deletion(versionID: marker.versionID, isDeleteMarker: true)
    }

    /// Lets the newest version expire: it goes where the bucket keeps no versions, or else a marker hides it.
    func expire(
        _ newest: ObjectRecord, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws {
        guard bucket.versioning == .never else {
            _ = try hide(
                newest.key, behind: newest, in: bucket, .lifecycleMarker, by: actor, transaction)
            return
        }
        try remove(newest, in: bucket, transaction)
        try notify(.lifecycleDelete, newest, in: bucket, by: actor, transaction)
    }

    /// Puts a delete marker over what a key has.
    private func hide(
        _ key: [UInt8], behind newest: ObjectRecord?, in bucket: BucketRecord,
        _ event: S3Event.Kind, by actor: S3Actor, _ transaction: any WriteTransaction
    ) throws -> ObjectRecord {
        var marker = ObjectRecord(
            id: rowID(), key: key, modified: clock.now, owner: actor.account ?? bucket.account)
        marker.isDeleteMarker = true
        marker.rank = (newest?.rank ?? 0) - 1
        if bucket.versioning == .enabled {
            marker.versionID = versionID()
        } else {
            try removeNullVersion(key, newest: newest, in: bucket, transaction)
        }
        try replicate(&marker, in: bucket, transaction)
        try write(marker, data: nil, bucket: bucket.id, transaction)
        try notify(event, marker, in: bucket, by: actor, transaction)
        return marker
    }

    private func check(_ request: DeletionRequest, against object: ObjectRecord?) throws {
        if let ifMatch = request.ifMatch, ifMatch != "*" || object == nil {
            guard let object else { throw S3Failure.noSuchKey(request.key) }
            guard ifMatch == object.quotedETag || ifMatch == object.eTag else {
                throw S3Failure.preconditionFailed("If-Match")
            }
        }
        guard let object else { return }
        if let time = request.ifLastModified, time.seconds != object.modified.seconds {
            throw S3Failure.preconditionFailed("x-amz-if-match-last-modified-time")
        }
        if let size = request.ifSize, Int64(size) != object.size {
            throw S3Failure.preconditionFailed("x-amz-if-match-size")
        }
    }
}
