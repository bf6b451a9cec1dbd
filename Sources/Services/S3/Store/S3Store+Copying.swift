import Blobs
import Platform
import Storage
import Wire

extension CopySource {
    /// Finds the source of a copy.
    ///
    /// - Throws: as `find`; `PreconditionFailed`, `InvalidObjectState`, `InvalidRequest` for a delete marker.
    func find(
        in store: S3Store, expectedOwner: String?, _ conditions: Preconditions
    ) async throws -> FoundObject {
        let found: FoundObject
        do {
            found = try await store.find(
                key, in: bucket, versionID: versionID, expectedOwner: expectedOwner, withData: true
            )
        } catch let error as AWSError where error.code == "MethodNotAllowed" {
            throw S3Failure.invalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by version id."
            )
        }
        try conditions.checkSource(found.object)
        do {
            try ArchivedObject.checkReadable(found.object, now: store.clock.now)
        } catch is AWSError {
            throw AWSError(
                "ObjectNotInActiveTierError",
                "The source object of the COPY operation is not in the active tier and is only stored in Amazon S3 Glacier.",
                status: 403)
        }
        return found
    }
}

extension S3Store {
    /// Gives a copy the entity tag and checksum of its bytes, which are read where the source's are not those of one run.
    ///
    /// - Parameter algorithm: the checksum that the copy is to have; nil is the source's.
    func digest(
        _ copy: inout ObjectRecord, from found: FoundObject, _ cipher: ObjectCipher,
        algorithm: ChecksumAlgorithm?
    ) async throws {
        let wanted = algorithm ?? found.object.checksum?.algorithm ?? .crc64nvme
        let isWhole = found.object.checksum?.kind == .fullObject
        if !found.object.isMultipart, isWhole, wanted == found.object.checksum?.algorithm { return }
        let digest = BodyDigest(wanted)
        switch try await body(of: found, range: 0..<found.object.size, cipher) {
        case .bytes(let bytes): digest.add(bytes)
        case .stream(let stream, _):
            for try await bytes in stream { digest.add(bytes) }
        }
        copy.eTag = Hexadecimal.string(digest.md5)
        copy.checksum = digest.checksum
    }

    /// Writes a copy, which shares the bytes of its source.
    ///
    /// - Throws: `NoSuchKey` where the source is gone meanwhile; `PreconditionFailed`.
    func copy(
        _ copy: ObjectRecord, from found: FoundObject, into bucket: BucketRecord,
        _ conditions: Preconditions, by actor: S3Actor
    ) async throws -> ObjectRecord {
        try await database.write { [self] transaction in
            let bucket = try transaction.bucket(bucket.name)
            var copy = copy
            try shareBytes(of: found.object, with: &copy, transaction)
            return try insert(
                copy, data: found.data, in: bucket, conditions, .objectCreatedCopy, by: actor,
                transaction)
        }
    }

    /// Lets a new version have the bytes of another, too.
    ///
    /// - Throws: `NoSuchKey` where the other is gone meanwhile.
    func shareBytes(
        of source: ObjectRecord, with copy: inout ObjectRecord, _ transaction: any WriteTransaction
    ) throws {
        copy.place = source.place
        let gone = S3Failure.noSuchKey(source.keyText)
        switch source.place {
        case .row: return
        case .blob(let blob):
            guard try share(blob.description, in: transaction) else { throw gone }
        case .parts:
            let parts = try transaction.query(
                """
                INSERT INTO object_parts (object_id, number, start, size, blob, checksum, salt)
                SELECT ?, number, start, size, blob, checksum, salt FROM object_parts WHERE object_id = ?
                RETURNING blob
                """, copy.id, source.id)
            guard !parts.isEmpty else { throw gone }
            for part in parts {
                guard try share(part.string(0), in: transaction) else { throw gone }
            }
        }
    }
}
