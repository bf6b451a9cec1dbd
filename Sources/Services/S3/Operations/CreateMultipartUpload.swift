import Platform
import S3Model
import ServiceKit
import Wire

/// Begins an upload in parts.
struct CreateMultipartUpload: OperationHandler {
    static let operation = S3API.createMultipartUpload
    let store: S3Store

    func access(for input: CreateMultipartUploadRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        var keys: [String: String?] = [
            "s3:x-amz-acl": input.acl, "s3:x-amz-storage-class": input.storageClass,
            "s3:x-amz-server-side-encryption": input.serverSideEncryption,
            "s3:x-amz-server-side-encryption-aws-kms-key-id": input.ssekmsKeyId,
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
        return requests
    }

    func handle(_ input: CreateMultipartUploadRequest, in context: RequestContext) async throws
        -> CreateMultipartUploadOutput
    {
        guard input.key.utf8.count <= S3Limits.keyBytes else { throw S3Failure.keyTooLong }
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let now = store.clock.now
        let owner = context.principal.account ?? bucket.account
        var upload = UploadRecord(
            id: store.uploadID(), key: Array(input.key.utf8), initiated: now, owner: owner,
            storageClass: input.storageClass ?? "STANDARD",
            details: try input.newDetails.details(in: bucket, now: now))
        upload.details.grants = try await store.grants(
            input.accessControl, owner: owner, in: bucket)
        upload.details.encryption = try await store.seal(
            store.newKey(),
            EncryptionRequest(
                algorithm: input.serverSideEncryption, kmsKeyID: input.ssekmsKeyId,
                hasBucketKey: input.bucketKeyEnabled, kmsContext: input.ssekmsEncryptionContext,
                customer: CustomerKey(
                    input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5)),
            for: input.key, in: bucket, context)
        try Self.setChecksum(of: &upload, input)
        try await store.begin(upload, in: bucket)
        let encryption = upload.details.encryption
        return CreateMultipartUploadOutput(
            bucket: bucket.name, key: input.key, uploadId: upload.id,
            serverSideEncryption: encryption?.algorithm,
            sseCustomerAlgorithm: encryption?.customerAlgorithm,
            sseCustomerKeyMD5: encryption?.customerKeyMD5, ssekmsKeyId: encryption?.kmsKeyID,
            bucketKeyEnabled: encryption?.hasBucketKey,
            checksumAlgorithm: input.checksumAlgorithm == nil
                ? nil : upload.checksumAlgorithm?.rawValue,
            checksumType: input.checksumAlgorithm == nil ? nil : upload.checksumKind?.rawValue)
    }

    /// Without a word of the client's, an object has a CRC-64/NVME of all its bytes.
    private static func setChecksum(
        of upload: inout UploadRecord, _ input: CreateMultipartUploadRequest
    ) throws {
        guard let name = input.checksumAlgorithm else {
            if input.checksumType != nil {
                throw S3Failure.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
                )
            }
            upload.checksumAlgorithm = .crc64nvme
            upload.checksumKind = .fullObject
            return
        }
        let algorithm = try ChecksumClaim.algorithm(named: name)
        let kind =
            input.checksumType.flatMap { ObjectChecksum.Kind(rawValue: $0) }
            ?? (algorithm == .crc64nvme ? .fullObject : .composite)
        let isPossible =
            kind == .fullObject ? algorithm.isCombinable : algorithm != .crc64nvme
        guard isPossible else {
            throw S3Failure.invalidRequest(
                "The \(kind.rawValue) checksum type cannot be used with the \(algorithm.rawValue.lowercased()) checksum algorithm."
            )
        }
        upload.checksumAlgorithm = algorithm
        upload.checksumKind = kind
    }
}

extension CreateMultipartUploadRequest {
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
}
