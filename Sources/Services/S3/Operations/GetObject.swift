import Platform
import S3Model
import ServiceKit
import Wire

/// Answers an object, or a range of its bytes.
struct GetObject: OperationHandler {
    static let operation = S3API.getObject
    let store: S3Store

    func access(for input: GetObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, input.versionId == nil ? "s3:GetObject" : "s3:GetObjectVersion",
                to: input.bucket,
                key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: GetObjectRequest, in context: RequestContext) async throws
        -> GetObjectOutput
    {
        let overrides = ResponseOverrides(
            cacheControl: input.responseCacheControl,
            contentDisposition: input.responseContentDisposition,
            contentEncoding: input.responseContentEncoding,
            contentLanguage: input.responseContentLanguage,
            contentType: input.responseContentType, expires: input.responseExpires)
        if context.principal == .anonymous, !overrides.isEmpty {
            throw S3Failure.invalidRequest(
                "Request specific response headers cannot be used for anonymous GET requests.")
        }
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner, withData: true)
        try Preconditions(
            ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch,
            ifModifiedSince: input.ifModifiedSince, ifUnmodifiedSince: input.ifUnmodifiedSince
        ).check(found.object)
        let customer = CustomerKey(
            input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5)
        try S3Store.check(found.object.details.encryption, customer)
        try ArchivedObject.checkReadable(found.object, now: store.clock.now)
        let selection = try await store.selection(
            of: found.object, range: input.range, partNumber: input.partNumber)
        var output = ObjectAnswer(
            found, selection, withChecksum: input.checksumMode == "ENABLED"
        ).output(overrides)
        let cipher = try await store.cipher(
            of: found.object, customer, in: found.bucket, context)
        output.body = try await store.body(of: found, range: selection.bytes, cipher)
        return output
    }
}
