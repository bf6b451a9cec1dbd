import S3Model
import ServiceKit
import Wire

/// Tells whether a bucket keeps old versions; nothing stands for a bucket that never did.
struct GetBucketVersioning: OperationHandler {
    static let operation = S3API.getBucketVersioning
    let store: S3Store

    func access(for input: GetBucketVersioningRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketVersioning", to: input.bucket)]
    }

    func handle(_ input: GetBucketVersioningRequest, in context: RequestContext) async throws
        -> GetBucketVersioningOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketVersioningOutput(
            status: bucket.versioning == .never ? nil : bucket.versioning.rawValue)
    }
}
