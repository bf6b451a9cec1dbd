import NIOCore
import Platform
import S3Model
import ServiceKit
import Wire

/// Puts an object.
struct PutObject: OperationHandler {
    static let operation = S3API.putObject
    let store: S3Store

    func access(for input: PutObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        var keys: [String: String?] = [
            "s3:x-amz-acl": input.acl, "s3:x-amz-storage-class": input.storageClass,
            "s3:x-amz-server-side-encryption": input.serverSideEncryption,
            "s3:x-amz-server-side-encryption-aws-kms-key-id": input.ssekmsKeyId,
            "s3:x-amz-server-side-encryption-customer-algorithm": input.sseCustomerAlgorithm,
            "s3:x-amz-website-redirect-location": input.websiteRedirectLocation,
            "s3:object-lock-mode": input.objectLockMode,
            "s3:object-lock-legal-hold": input.objectLockLegalHoldStatus,
            "s3:if-none-match": input.ifNoneMatch, "s3:if-match": input.ifMatch,
        ]
        for tag in (try? ObjectTag.checked(header: input.tagging)) ?? [] {
            keys["s3:RequestObjectTag/\(tag.key)"] = tag.value
        }
        var requests = [
            try await store.access(context, "s3:PutObject", to: input.bucket, key: input.key, keys)
        ]
        if !input.accessControl.isEmpty {
            requests.append(
                try await store.access(context, "s3:PutObjectAcl", to: input.bucket, key: input.key)
            )
        }
        if input.tagging != nil {
            requests.append(
                try await store.access(
                    context, "s3:PutObjectTagging", to: input.bucket, key: input.key))
        }
        if input.objectLockMode != nil {
            requests.append(
                try await store.access(
                    context, "s3:PutObjectRetention", to: input.bucket, key: input.key))
        }
        if input.objectLockLegalHoldStatus != nil {
            requests.append(
                try await store.access(
                    context, "s3:PutObjectLegalHold", to: input.bucket, key: input.key))
        }
        return requests
    }

    func handle(_ input: PutObjectRequest, in context: RequestContext) async throws
        -> PutObjectOutput
    {
        try await put(input, in: context, as: .objectCreatedPut)
    }

    /// Puts an object, however it is sent.
    func put(
        _ input: PutObjectRequest, in context: RequestContext, as event: S3Event.Kind
    ) async throws -> PutObjectOutput {
        guard input.key.utf8.count <= S3Limits.keyBytes else { throw S3Failure.keyTooLong }
        if input.writeOffsetBytes != nil { throw S3Failure.unsupportedHeader }
        let claim = try input.checksumClaim
        let md5 = try ContentMD5.digest(input.contentMD5)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        var object = ObjectRecord(
            id: store.rowID(), key: Array(input.key.utf8), modified: store.clock.now,
            owner: context.principal.account ?? bucket.account)
        object.details = try input.newDetails.details(in: bucket, now: store.clock.now)
        object.details.grants = try await store.grants(
            input.accessControl, owner: object.owner, in: bucket)
        let key = store.newKey()
        object.details.encryption = try await store.seal(
            key, input.encryptionRequest, for: input.key, in: bucket, context)
        object.storageClass = input.storageClass ?? "STANDARD"

        let digest = BodyDigest(claim.algorithm ?? .crc64nvme)
        let bytes = try await store.take(
            input.body ?? .empty, digest: digest, inlineLimit: S3Limits.inlineBytes,
            ObjectCipher(key))
        do {
            try digest.verify(md5: md5, checksum: claim.value)
        } catch {
            await store.discard(bytes)
            throw error
        }
        object.size = digest.size
        object.eTag = Hexadecimal.string(digest.md5)
        object.checksum = digest.checksum
        let conditions = Preconditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch)
        let written = try await store.put(
            NewObject(
                record: object, bytes: bytes, conditions: conditions, event: event),
            in: bucket, by: S3Actor(context))
        return Self.output(of: written, in: bucket)
    }

    static func output(of object: ObjectRecord, in bucket: BucketRecord) -> PutObjectOutput {
        let encryption = object.details.encryption
        return PutObjectOutput(
            eTag: object.quotedETag,
            checksumCRC32: object.checksum?.value(.crc32),
            checksumCRC32C: object.checksum?.value(.crc32c),
            checksumCRC64NVME: object.checksum?.value(.crc64nvme),
            checksumSHA1: object.checksum?.value(.sha1),
            checksumSHA256: object.checksum?.value(.sha256),
            checksumType: object.checksum?.kind.rawValue,
            serverSideEncryption: encryption?.algorithm,
            versionId: bucket.versioning == .never ? nil : object.versionID,
            sseCustomerAlgorithm: encryption?.customerAlgorithm,
            sseCustomerKeyMD5: encryption?.customerKeyMD5, ssekmsKeyId: encryption?.kmsKeyID,
            bucketKeyEnabled: encryption?.hasBucketKey)
    }
}

extension PutObjectRequest {
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

    fileprivate var newDetails: NewObjectDetails {
        NewObjectDetails(
            headers: [
                (NewObjectDetails.contentType, contentType), ("cache-control", cacheControl),
                ("content-disposition", contentDisposition),
                ("content-encoding", contentEncoding), ("content-language", contentLanguage),
                ("expires", expires), (NewObjectDetails.redirect, websiteRedirectLocation),
            ],
            metadata: metadata, tagging: tagging, lockMode: objectLockMode,
            retainUntil: objectLockRetainUntilDate, legalHold: objectLockLegalHoldStatus)
    }

    fileprivate var accessControl: ACLRequest {
        ACLRequest(
            canned: acl,
            headers: [
                ("FULL_CONTROL", grantFullControl), ("READ", grantRead),
                ("READ_ACP", grantReadACP), ("WRITE_ACP", grantWriteACP),
            ])
    }

    fileprivate var encryptionRequest: EncryptionRequest {
        EncryptionRequest(
            algorithm: serverSideEncryption, kmsKeyID: ssekmsKeyId,
            hasBucketKey: bucketKeyEnabled, kmsContext: ssekmsEncryptionContext,
            customer: CustomerKey(sseCustomerAlgorithm, sseCustomerKey, sseCustomerKeyMD5))
    }
}
