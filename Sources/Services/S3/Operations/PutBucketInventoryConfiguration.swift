import S3Model
import ServiceKit
import Wire

/// Sets a configuration of inventory of a bucket.
struct PutBucketInventoryConfiguration: OperationHandler {
    static let operation = S3API.putBucketInventoryConfiguration
    let store: S3Store

    func access(for input: PutBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutInventoryConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketInventoryConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard input.inventoryConfiguration.id == input.id else { throw S3Failure.malformedXML }
        try await store.setNamed(
            BucketSetting("inventory", input.id), input.inventoryConfiguration, of: bucket)
        return EmptyStructure()
    }
}
