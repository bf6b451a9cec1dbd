import S3Model
import ServiceKit
import Wire

/// Answers a configuration of analytics of a bucket.
struct GetBucketAnalyticsConfiguration: OperationHandler {
    static let operation = S3API.getBucketAnalyticsConfiguration
    let store: S3Store

    func access(for input: GetBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetAnalyticsConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> GetBucketAnalyticsConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketAnalyticsConfigurationOutput(
            analyticsConfiguration: try await store.named(
                BucketSetting("analytics", input.id), of: bucket))
    }
}
