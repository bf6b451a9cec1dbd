import S3Model
import ServiceKit
import Wire

/// Lists the configurations of inventory of a bucket.
struct ListBucketInventoryConfigurations: OperationHandler {
    static let operation = S3API.listBucketInventoryConfigurations
    let store: S3Store

    func access(for input: ListBucketInventoryConfigurationsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetInventoryConfiguration", to: input.bucket)]
    }

    func handle(_ input: ListBucketInventoryConfigurationsRequest, in context: RequestContext)
        async throws
        -> ListBucketInventoryConfigurationsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let (page, next): ([InventoryConfiguration], String?) = try await store.named(
            "inventory", of: bucket, after: input.continuationToken)
        return ListBucketInventoryConfigurationsOutput(
            continuationToken: input.continuationToken,
            inventoryConfigurationList: page.isEmpty ? nil : page, isTruncated: next != nil,
            nextContinuationToken: next)
    }
}
