import S3Model
import ServiceKit
import Wire

/// Gives an upload up, with its parts.
struct AbortMultipartUpload: OperationHandler {
    static let operation = S3API.abortMultipartUpload
    let store: S3Store

    func access(for input: AbortMultipartUploadRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:AbortMultipartUpload", to: input.bucket, key: input.key)
        ]
    }

    func handle(_ input: AbortMultipartUploadRequest, in context: RequestContext) async throws
        -> AbortMultipartUploadOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.abort(
            input.uploadId, key: input.key, in: bucket, ifInitiated: input.ifMatchInitiatedTime)
        return AbortMultipartUploadOutput()
    }
}
