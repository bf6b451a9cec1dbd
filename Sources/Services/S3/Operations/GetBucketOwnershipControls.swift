import S3Model
import ServiceKit
import Wire

/// Answers who owns the objects of a bucket.
struct GetBucketOwnershipControls: OperationHandler {
    static let operation = S3API.getBucketOwnershipControls
    let store: S3Store

    func access(for input: GetBucketOwnershipControlsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketOwnershipControls", to: input.bucket)]
    }

    func handle(_ input: GetBucketOwnershipControlsRequest, in context: RequestContext) async throws
        -> GetBucketOwnershipControlsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let ownership = bucket.ownership else {
            throw S3Failure.missing(
                "OwnershipControlsNotFoundError",
                "The bucket ownership controls were not found", bucket.name)
        }
        return GetBucketOwnershipControlsOutput(
            ownershipControls: OwnershipControls(rules: [.init(objectOwnership: ownership)]))
    }
}
