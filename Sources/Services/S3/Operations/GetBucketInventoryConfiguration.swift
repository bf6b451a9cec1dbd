import S3Model
import ServiceKit
import Wire

/// Answers a configuration of inventory of a bucket.
struct GetBucketInventoryConfiguration: OperationHandler {
    static let operation = S3API.getBucketInventoryConfiguration
    let store: S3Store

    func access(for input: GetBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetInventoryConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> GetBucketInventoryConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketInventoryConfigurationOutput(
            inventoryConfiguration: try await store.named(
                BucketSetting("inventory", input.id), of: bucket))
    }
}
