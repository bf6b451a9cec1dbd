import S3Model
import ServiceKit
import Wire

/// Removes a configuration of inventory of a bucket.
struct DeleteBucketInventoryConfiguration: OperationHandler {
    static let operation = S3API.deleteBucketInventoryConfiguration
    let store: S3Store

    func access(for input: DeleteBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutInventoryConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.removeNamed(BucketSetting("inventory", input.id), of: bucket)
        return EmptyStructure()
    }
}
