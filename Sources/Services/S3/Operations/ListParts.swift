import S3Model
import ServiceKit
import Wire

/// Lists the parts of an upload.
struct ListParts: OperationHandler {
    static let operation = S3API.listParts
    let store: S3Store

    func access(for input: ListPartsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:ListMultipartUploadParts", to: input.bucket, key: input.key)
        ]
    }

    func handle(_ input: ListPartsRequest, in context: RequestContext) async throws
        -> ListPartsOutput
    {
        let limit = try PageSize.checked(input.maxParts, "max-parts")
        let marker = input.partNumberMarker ?? 0
        guard (0...Int(Int32.max)).contains(marker) else {
            throw S3Failure.argument(
                "Argument part-number-marker must be an integer between 0 and 2147483647",
                "part-number-marker", String(marker))
        }
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let upload = try await store.upload(input.uploadId, key: input.key, in: bucket)
        var parts = try await store.parts(of: upload.id, after: marker, limit: limit + 1)
        let isTruncated = parts.count > limit
        if isTruncated { parts.removeLast() }
        return ListPartsOutput(
            bucket: bucket.name, key: input.key, uploadId: upload.id, partNumberMarker: marker,
            nextPartNumberMarker: parts.last?.number ?? 0, maxParts: limit,
            isTruncated: isTruncated, parts: parts.map(Self.part),
            initiator: Initiator(id: CanonicalUser.id(of: upload.owner)),
            owner: CanonicalUser.owner(bucket.ignoresACLs ? bucket.account : upload.owner),
            storageClass: upload.storageClass,
            checksumAlgorithm: upload.checksumAlgorithm?.rawValue,
            checksumType: upload.checksumKind?.rawValue)
    }

    private static func part(_ part: PartRecord) -> Part {
        Part(
            partNumber: part.number, lastModified: part.modified, eTag: part.quotedETag,
            size: Int(part.size), checksumCRC32: part.checksum?.value(.crc32),
            checksumCRC32C: part.checksum?.value(.crc32c),
            checksumCRC64NVME: part.checksum?.value(.crc64nvme),
            checksumSHA1: part.checksum?.value(.sha1),
            checksumSHA256: part.checksum?.value(.sha256))
    }
}
