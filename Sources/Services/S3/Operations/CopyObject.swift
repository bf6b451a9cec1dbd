import Platform
import S3Model
import ServiceKit
import Wire

/// Copies an object within S3. Source and copy share their bytes.
struct CopyObject: OperationHandler {
    static let operation = S3API.copyObject
    let store: S3Store

    func access(for input: CopyObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let source = try CopySource(input.copySource)
        let keys: [String: String?] = [
            "s3:x-amz-acl": input.acl, "s3:x-amz-storage-class": input.storageClass,
            "s3:x-amz-server-side-encryption": input.serverSideEncryption,
            "s3:x-amz-copy-source": "\(source.bucket)/\(source.key)",
            "s3:x-amz-metadata-directive": input.metadataDirective,
        ]
        var requests = [
            try await store.access(
                context, source.versionID == nil ? "s3:GetObject" : "s3:GetObjectVersion",
                to: source.bucket, key: source.key, versionID: source.versionID),
            try await store.access(context, "s3:PutObject", to: input.bucket, key: input.key, keys),
        ]
        if !input.accessControl.isEmpty {
            requests.append(
                try await store.access(context, "s3:PutObjectAcl", to: input.bucket, key: input.key)
            )
        }
        if input.taggingDirective == "REPLACE", input.tagging != nil {
            requests.append(
                try await store.access(
                    context, "s3:PutObjectTagging", to: input.bucket, key: input.key))
        }
        return requests
    }

    func handle(_ input: CopyObjectRequest, in context: RequestContext) async throws
        -> CopyObjectOutput
    {
        guard input.key.utf8.count <= S3Limits.keyBytes else { throw S3Failure.keyTooLong }
        let source = try CopySource(input.copySource)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let found = try await source.find(
            in: store, expectedOwner: input.expectedSourceBucketOwner,
            Preconditions(
                ifMatch: input.copySourceIfMatch, ifNoneMatch: input.copySourceIfNoneMatch,
                ifModifiedSince: input.copySourceIfModifiedSince,
                ifUnmodifiedSince: input.copySourceIfUnmodifiedSince))
        guard found.object.size <= S3Limits.copyBytes else {
            throw S3Failure.invalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: \(S3Limits.copyBytes)"
            )
        }
        let standard: ServerSideEncryptionConfiguration? = try await store.setting(
            .encryption, of: bucket)
        if standard == nil { try checkChange(input, source, found) }
        var copy = try await copy(of: found, input, into: bucket, context)
        let key = try await store.key(
            of: found.object.details.encryption,
            CustomerKey(
                input.copySourceSSECustomerAlgorithm, input.copySourceSSECustomerKey,
                input.copySourceSSECustomerKeyMD5), in: found.bucket, context)
        // The bytes keep their key; it is sealed anew.
        copy.details.encryption = try await store.seal(
            key, input.encryptionRequest, for: input.key, in: bucket, context)
        try await store.digest(
            &copy, from: found, ObjectCipher(key),
            algorithm: input.checksumAlgorithm.map(ChecksumClaim.algorithm(named:)))
        let written = try await store.copy(
            copy, from: found, into: bucket,
            Preconditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch),
            by: S3Actor(context))
        return Self.output(written, in: bucket, from: found)
    }

    /// A copy onto itself must change something.
    private func checkChange(
        _ input: CopyObjectRequest, _ source: CopySource, _ found: FoundObject
    ) throws {
        let isInPlace =
            source.bucket == input.bucket && source.key == input.key && source.versionID == nil
        guard isInPlace, input.metadataDirective != "REPLACE", input.taggingDirective != "REPLACE",
            input.storageClass == nil, found.object.details.encryption?.algorithm == "AES256",
            input.websiteRedirectLocation == nil, input.serverSideEncryption == nil,
            input.sseCustomerKey == nil, input.checksumAlgorithm == nil
        else { return }
        throw S3Failure.invalidRequest(
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, "
                + "storage class, website redirect location or encryption attributes.")
    }

    private func copy(
        of found: FoundObject, _ input: CopyObjectRequest, into bucket: BucketRecord,
        _ context: RequestContext
    ) async throws -> ObjectRecord {
        var copy = ObjectRecord(
            id: store.rowID(), key: Array(input.key.utf8), modified: store.clock.now,
            owner: context.principal.account ?? bucket.account)
        copy.details = try input.newDetails.details(in: bucket, now: store.clock.now)
        let original = found.object.details
        if input.metadataDirective != "REPLACE" {
            let redirect = copy.details.headers[NewObjectDetails.redirect]
            copy.details.headers = original.headers
            // A redirect is not copied.
            copy.details.headers[NewObjectDetails.redirect] = redirect
            copy.details.metadata = original.metadata
        }
        if input.taggingDirective != "REPLACE" { copy.details.tags = original.tags }
        copy.details.grants = try await store.grants(
            input.accessControl, owner: copy.owner, in: bucket)
        copy.storageClass = input.storageClass ?? "STANDARD"
        copy.size = found.object.size
        copy.eTag = found.object.eTag
        copy.checksum = found.object.checksum
        return copy
    }

    private static func output(
        _ copy: ObjectRecord, in bucket: BucketRecord, from found: FoundObject
    ) -> CopyObjectOutput {
        let encryption = copy.details.encryption
        return CopyObjectOutput(
            copyObjectResult: CopyObjectResult(
                eTag: copy.quotedETag, lastModified: copy.modified,
                checksumType: copy.checksum?.kind.rawValue,
                checksumCRC32: copy.checksum?.value(.crc32),
                checksumCRC32C: copy.checksum?.value(.crc32c),
                checksumCRC64NVME: copy.checksum?.value(.crc64nvme),
                checksumSHA1: copy.checksum?.value(.sha1),
                checksumSHA256: copy.checksum?.value(.sha256)),
            copySourceVersionId: found.bucket.versioning == .never ? nil : found.object.versionID,
            versionId: bucket.versioning == .never ? nil : copy.versionID,
            serverSideEncryption: encryption?.algorithm,
            sseCustomerAlgorithm: encryption?.customerAlgorithm,
            sseCustomerKeyMD5: encryption?.customerKeyMD5, ssekmsKeyId: encryption?.kmsKeyID,
            bucketKeyEnabled: encryption?.hasBucketKey)
    }
}

extension CopyObjectRequest {
    fileprivate var newDetails: NewObjectDetails {
        let isReplaced = metadataDirective == "REPLACE"
        let given: [(name: String, value: String?)] = [
            (NewObjectDetails.contentType, contentType), ("cache-control", cacheControl),
            ("content-disposition", contentDisposition),
            ("content-encoding", contentEncoding), ("content-language", contentLanguage),
            ("expires", expires),
        ]
        return NewObjectDetails(
            headers: (isReplaced ? given : [])
                + [(NewObjectDetails.redirect, websiteRedirectLocation)],
            metadata: isReplaced ? metadata : nil,
            tagging: taggingDirective == "REPLACE" ? tagging : nil, lockMode: objectLockMode,
            retainUntil: objectLockRetainUntilDate, legalHold: objectLockLegalHoldStatus)
    }

    fileprivate var encryptionRequest: EncryptionRequest {
        EncryptionRequest(
            algorithm: serverSideEncryption, kmsKeyID: ssekmsKeyId,
            hasBucketKey: bucketKeyEnabled, kmsContext: ssekmsEncryptionContext,
            customer: CustomerKey(sseCustomerAlgorithm, sseCustomerKey, sseCustomerKeyMD5))
    }

    fileprivate var accessControl: ACLRequest {
        ACLRequest(
            canned: acl,
            headers: [
                ("FULL_CONTROL", grantFullControl), ("READ", grantRead),
                ("READ_ACP", grantReadACP), ("WRITE_ACP", grantWriteACP),
            ])
    }
}
