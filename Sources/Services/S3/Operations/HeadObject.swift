import Platform
import S3Model
import ServiceKit
import Wire

/// Answers what `GetObject` does, but for the bytes.
struct HeadObject: OperationHandler {
    static let operation = S3API.headObject
    let store: S3Store

    func access(for input: HeadObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, input.versionId == nil ? "s3:GetObject" : "s3:GetObjectVersion",
                to: input.bucket,
                key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: HeadObjectRequest, in context: RequestContext) async throws
        -> HeadObjectOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        try Preconditions(
            ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch,
            ifModifiedSince: input.ifModifiedSince, ifUnmodifiedSince: input.ifUnmodifiedSince
        ).check(found.object)
        let customer = CustomerKey(
            input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5)
        try S3Store.check(found.object.details.encryption, customer)
        if let customer {
            _ = try customer.checked()
            guard customer.md5 == found.object.details.encryption?.customerKeyMD5 else {
                throw S3Failure.accessDenied
            }
        }
        let selection = try await store.selection(
            of: found.object, range: input.range, partNumber: input.partNumber)
        let overrides = ResponseOverrides(
            cacheControl: input.responseCacheControl,
            contentDisposition: input.responseContentDisposition,
            contentEncoding: input.responseContentEncoding,
            contentLanguage: input.responseContentLanguage,
            contentType: input.responseContentType, expires: input.responseExpires)
        let output = ObjectAnswer(
            found, selection, withChecksum: input.checksumMode == "ENABLED"
        ).output(overrides)
        return Self.head(of: output)
    }

    private static func head(of output: GetObjectOutput) -> HeadObjectOutput {
        HeadObjectOutput(
            acceptRanges: output.acceptRanges, expiration: output.expiration,
            restore: output.restore, lastModified: output.lastModified,
            contentLength: output.contentLength, checksumCRC32: output.checksumCRC32,
            checksumCRC32C: output.checksumCRC32C, checksumCRC64NVME: output.checksumCRC64NVME,
            checksumSHA1: output.checksumSHA1, checksumSHA256: output.checksumSHA256,
            checksumType: output.checksumType, eTag: output.eTag, versionId: output.versionId,
            cacheControl: output.cacheControl, contentDisposition: output.contentDisposition,
            contentEncoding: output.contentEncoding, contentLanguage: output.contentLanguage,
            contentType: output.contentType, contentRange: output.contentRange,
            expires: output.expires, websiteRedirectLocation: output.websiteRedirectLocation,
            serverSideEncryption: output.serverSideEncryption, metadata: output.metadata,
            sseCustomerAlgorithm: output.sseCustomerAlgorithm,
            sseCustomerKeyMD5: output.sseCustomerKeyMD5, ssekmsKeyId: output.ssekmsKeyId,
            bucketKeyEnabled: output.bucketKeyEnabled, storageClass: output.storageClass,
            replicationStatus: output.replicationStatus, partsCount: output.partsCount,
            tagCount: output.tagCount, objectLockMode: output.objectLockMode,
            objectLockRetainUntilDate: output.objectLockRetainUntilDate,
            objectLockLegalHoldStatus: output.objectLockLegalHoldStatus)
    }
}
