import S3Model
import ServiceKit
import Wire

/// Removes the tags of a bucket.
struct DeleteBucketTagging: OperationHandler {
    static let operation = S3API.deleteBucketTagging
    let store: S3Store

    func access(for input: DeleteBucketTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketTagging", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketTaggingRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.tagging, of: bucket)
        return EmptyStructure()
    }
}
