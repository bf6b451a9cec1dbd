import Blobs
import Platform
import S3Model
import ServiceKit
import Wire

/// Takes a part of an upload in.
struct UploadPart: OperationHandler {
    static let operation = S3API.uploadPart
    let store: S3Store

    func access(for input: UploadPartRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutObject", to: input.bucket, key: input.key)]
    }

    func handle(_ input: UploadPartRequest, in context: RequestContext) async throws
        -> UploadPartOutput
    {
        try PartNumber.check(input.partNumber)
        let claim = try input.checksumClaim
        let md5 = try ContentMD5.digest(input.contentMD5)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let upload = try await store.upload(input.uploadId, key: input.key, in: bucket)
        let algorithm = try PartChecksum.algorithm(of: claim, upload)
        let digest = BodyDigest(algorithm)
        let key = try await store.key(
            of: upload.details.encryption,
            CustomerKey(input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5),
            in: bucket, context)
        let salt = store.newSalt()
        let bytes = try await store.take(
            input.body ?? .empty, digest: digest, inlineLimit: -1,
            ObjectCipher(key).derived(salt: salt))
        guard case .blob(let blob) = bytes else { preconditionFailure("parts stand in blobs") }
        do {
            try digest.verify(md5: md5, checksum: claim.value)
        } catch {
            await store.discard(bytes)
            throw error
        }
        let part = PartRecord(
            number: input.partNumber, size: digest.size, eTag: Hexadecimal.string(digest.md5),
            modified: store.clock.now, blob: blob.id.description, checksum: digest.checksum,
            salt: salt)
        try await store.keep(part, blob: blob, of: upload, in: bucket)
        let encryption = upload.details.encryption
        let checksum = claim.algorithm == nil ? nil : part.checksum
        return UploadPartOutput(
            serverSideEncryption: encryption?.algorithm, eTag: part.quotedETag,
            checksumCRC32: checksum?.value(.crc32), checksumCRC32C: checksum?.value(.crc32c),
            checksumCRC64NVME: checksum?.value(.crc64nvme), checksumSHA1: checksum?.value(.sha1),
            checksumSHA256: checksum?.value(.sha256),
            sseCustomerAlgorithm: encryption?.customerAlgorithm,
            sseCustomerKeyMD5: encryption?.customerKeyMD5, ssekmsKeyId: encryption?.kmsKeyID,
            bucketKeyEnabled: encryption?.hasBucketKey)
    }
}

extension UploadPartRequest {
    fileprivate var checksumClaim: ChecksumClaim {
        get throws {
            try ChecksumClaim(
                algorithm: checksumAlgorithm,
                values: [
                    ("CRC32", checksumCRC32), ("CRC32C", checksumCRC32C),
                    ("CRC64NVME", checksumCRC64NVME), ("SHA1", checksumSHA1),
                    ("SHA256", checksumSHA256), ("SHA512", checksumSHA512), ("MD5", checksumMD5),
                    ("XXHASH64", checksumXXHASH64), ("XXHASH3", checksumXXHASH3),
                    ("XXHASH128", checksumXXHASH128),
                ])
        }
    }
}
