import S3Model
import ServiceKit
import Wire

/// Lets whoever puts an object own it.
struct DeleteBucketOwnershipControls: OperationHandler {
    static let operation = S3API.deleteBucketOwnershipControls
    let store: S3Store

    func access(for input: DeleteBucketOwnershipControlsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketOwnershipControls", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketOwnershipControlsRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.update(bucket) { $0.ownership = nil }
        return EmptyStructure()
    }
}
