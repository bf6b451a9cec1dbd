import S3Model
import ServiceKit
import Wire

/// Deletes an empty bucket.
struct DeleteBucket: OperationHandler {
    static let operation = S3API.deleteBucket
    let store: S3Store

    func access(for input: DeleteBucketRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:DeleteBucket", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await store.deleteBucket(input.bucket, expectedOwner: input.expectedBucketOwner)
        return EmptyStructure()
    }
}
