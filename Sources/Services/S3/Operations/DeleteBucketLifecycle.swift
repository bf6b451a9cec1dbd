import S3Model
import ServiceKit
import Wire

/// Lets objects of a bucket live for ever.
struct DeleteBucketLifecycle: OperationHandler {
    static let operation = S3API.deleteBucketLifecycle
    let store: S3Store

    func access(for input: DeleteBucketLifecycleRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutLifecycleConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketLifecycleRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.lifecycle, of: bucket)
        return EmptyStructure()
    }
}
