import S3Model
import ServiceKit
import Wire

/// Removes a configuration of analytics of a bucket.
struct DeleteBucketAnalyticsConfiguration: OperationHandler {
    static let operation = S3API.deleteBucketAnalyticsConfiguration
    let store: S3Store

    func access(for input: DeleteBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutAnalyticsConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.removeNamed(BucketSetting("analytics", input.id), of: bucket)
        return EmptyStructure()
    }
}
