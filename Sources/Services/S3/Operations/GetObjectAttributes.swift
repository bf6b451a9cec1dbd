import S3Model
import ServiceKit
import Storage
import Wire

/// Answers what is known of an object, and of its parts.
struct GetObjectAttributes: OperationHandler {
    static let operation = S3API.getObjectAttributes
    let store: S3Store

    func access(for input: GetObjectAttributesRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let isVersion = input.versionId != nil
        var requests: [AccessRequest] = []
        let actions =
            isVersion
            ? ["s3:GetObjectVersion", "s3:GetObjectVersionAttributes"]
            : ["s3:GetObject", "s3:GetObjectAttributes"]
        for action in actions {
            requests.append(
                try await store.access(
                    context, action, to: input.bucket, key: input.key, versionID: input.versionId))
        }
        return requests
    }

    func handle(_ input: GetObjectAttributesRequest, in context: RequestContext) async throws
        -> GetObjectAttributesOutput
    {
        let wanted = Set(
            input.objectAttributes.flatMap { $0.split(separator: ",") }.map { name in
                String(name.filter { $0 != " " })
            })
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        let object = found.object
        try S3Store.check(
            object.details.encryption,
            CustomerKey(input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5))
        var output = GetObjectAttributesOutput(
            lastModified: object.modified,
            versionId: found.bucket.versioning == .never ? nil : object.versionID)
        if wanted.contains("ETag") { output.eTag = object.eTag }
        if wanted.contains("ObjectSize") { output.objectSize = Int(object.size) }
        if wanted.contains("StorageClass") { output.storageClass = object.storageClass }
        if wanted.contains("Checksum"), let checksum = object.checksum {
            output.checksum = Checksum(
                checksumCRC32: checksum.value(.crc32), checksumCRC32C: checksum.value(.crc32c),
                checksumCRC64NVME: checksum.value(.crc64nvme),
                checksumSHA1: checksum.value(.sha1), checksumSHA256: checksum.value(.sha256),
                checksumType: checksum.kind.rawValue)
        }
        if wanted.contains("ObjectParts"), object.isMultipart {
            output.objectParts = try await parts(of: object, input)
        }
        return output
    }

    private func parts(
        of object: ObjectRecord, _ input: GetObjectAttributesRequest
    ) async throws -> GetObjectAttributesParts? {
        guard case .parts(let count) = object.place else { return nil }
        let limit = try PageSize.checked(input.maxParts, "max-parts")
        let marker = input.partNumberMarker ?? 0
        var parts = try await store.objectParts(of: object, after: marker, limit: limit + 1)
        let isTruncated = parts.count > limit
        if isTruncated { parts.removeLast() }
        var output = GetObjectAttributesParts(totalPartsCount: count)
        // Parts are listed where they have checksums of their own.
        guard object.checksum?.kind == .composite else { return output }
        output.partNumberMarker = marker
        output.nextPartNumberMarker = parts.last?.number ?? 0
        output.maxParts = limit
        output.isTruncated = isTruncated
        output.parts = parts.map { part in
            ObjectPart(
                partNumber: part.number, size: Int(part.size),
                checksumCRC32: part.checksum?.value(.crc32),
                checksumCRC32C: part.checksum?.value(.crc32c),
                checksumCRC64NVME: part.checksum?.value(.crc64nvme),
                checksumSHA1: part.checksum?.value(.sha1),
                checksumSHA256: part.checksum?.value(.sha256))
        }
        return output
    }
}

extension S3Store {
    /// The parts that an object was put in.
    fileprivate func objectParts(
        of object: ObjectRecord, after number: Int, limit: Int
    ) async throws -> [(number: Int, size: Int64, checksum: ObjectChecksum?)] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT number, size, checksum FROM object_parts WHERE object_id = ? AND number > ? ORDER BY number LIMIT ?",
                object.id, number, limit
            ).map { row in
                (
                    row.int(0), Int64(row.int(1)),
                    row.optionalString(2).flatMap(ObjectChecksum.init)
                )
            }
        }
    }
}
