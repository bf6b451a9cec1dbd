import S3Model
import ServiceKit
import Wire

/// Answers a configuration of metrics of a bucket.
struct GetBucketMetricsConfiguration: OperationHandler {
    static let operation = S3API.getBucketMetricsConfiguration
    let store: S3Store

    func access(for input: GetBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetMetricsConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> GetBucketMetricsConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketMetricsConfigurationOutput(
            metricsConfiguration: try await store.named(
                BucketSetting("metrics", input.id), of: bucket))
    }
}
