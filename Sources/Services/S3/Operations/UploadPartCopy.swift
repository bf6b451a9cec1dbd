import Blobs
import NIOCore
import Platform
import S3Model
import ServiceKit
import Wire

/// Takes a part of an upload from an object within S3.
struct UploadPartCopy: OperationHandler {
    static let operation = S3API.uploadPartCopy
    let store: S3Store

    func access(for input: UploadPartCopyRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let source = try CopySource(input.copySource)
        return [
            try await store.access(
                context, source.versionID == nil ? "s3:GetObject" : "s3:GetObjectVersion",
                to: source.bucket, key: source.key, versionID: source.versionID),
            try await store.access(context, "s3:PutObject", to: input.bucket, key: input.key),
        ]
    }

    func handle(_ input: UploadPartCopyRequest, in context: RequestContext) async throws
        -> UploadPartCopyOutput
    {
        try PartNumber.check(input.partNumber)
        let copySource = try CopySource(input.copySource)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let upload = try await store.upload(input.uploadId, key: input.key, in: bucket)
        let found = try await copySource.find(
            in: store, expectedOwner: input.expectedSourceBucketOwner,
            Preconditions(
                ifMatch: input.copySourceIfMatch, ifNoneMatch: input.copySourceIfNoneMatch,
                ifModifiedSince: input.copySourceIfModifiedSince,
                ifUnmodifiedSince: input.copySourceIfUnmodifiedSince))
        let range = try Self.range(input.copySourceRange, of: found.object)
        let source = try await store.cipher(
            of: found.object,
            CustomerKey(
                input.copySourceSSECustomerAlgorithm, input.copySourceSSECustomerKey,
                input.copySourceSSECustomerKeyMD5), in: found.bucket, context)
        let key = try await store.key(
            of: upload.details.encryption,
            CustomerKey(input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5),
            in: bucket, context)
        let body = try await store.body(of: found, range: range, source)
        let part = try await keep(body, input.partNumber, of: upload, key, bucket)
        let encryption = upload.details.encryption
        return UploadPartCopyOutput(
            copySourceVersionId: found.bucket.versioning == .never ? nil : found.object.versionID,
            copyPartResult: CopyPartResult(
                eTag: part.quotedETag, lastModified: part.modified,
                checksumCRC32: part.checksum?.value(.crc32),
                checksumCRC32C: part.checksum?.value(.crc32c),
                checksumCRC64NVME: part.checksum?.value(.crc64nvme),
                checksumSHA1: part.checksum?.value(.sha1),
                checksumSHA256: part.checksum?.value(.sha256)),
            serverSideEncryption: encryption?.algorithm, ssekmsKeyId: encryption?.kmsKeyID,
            bucketKeyEnabled: encryption?.hasBucketKey)
    }

    private func keep(
        _ body: Body, _ number: Int, of upload: UploadRecord, _ key: [UInt8],
        _ bucket: BucketRecord
    ) async throws -> PartRecord {
        let digest = BodyDigest(upload.checksumAlgorithm ?? .crc64nvme)
        let salt = store.newSalt()
        let bytes = try await store.take(
            body, digest: digest, inlineLimit: -1, ObjectCipher(key).derived(salt: salt))
        guard case .blob(let blob) = bytes else { preconditionFailure("parts stand in blobs") }
        let part = PartRecord(
            number: number, size: digest.size, eTag: Hexadecimal.string(digest.md5),
            modified: store.clock.now, blob: blob.id.description, checksum: digest.checksum,
            salt: salt)
        try await store.keep(part, blob: blob, of: upload, in: bucket)
        return part
    }

    /// The bytes that `x-amz-copy-source-range` names, which must be there.
    private static func range(_ header: String?, of object: ObjectRecord) throws -> Range<Int64> {
        guard let header else { return 0..<object.size }
        guard case .between(let first, let last)? = ByteRange(header) else {
            throw S3Failure.argument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
                    + "offsets of the first and last bytes to copy", "x-amz-copy-source-range",
                header)
        }
        guard last < object.size else {
            throw S3Failure.argument(
                "Range specified is not valid for source object of size: \(object.size)",
                "x-amz-copy-source-range", header)
        }
        return first..<last + 1
    }
}
