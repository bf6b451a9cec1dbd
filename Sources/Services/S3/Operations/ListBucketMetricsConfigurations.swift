import S3Model
import ServiceKit
import Wire

/// Lists the configurations of metrics of a bucket.
struct ListBucketMetricsConfigurations: OperationHandler {
    static let operation = S3API.listBucketMetricsConfigurations
    let store: S3Store

    func access(for input: ListBucketMetricsConfigurationsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetMetricsConfiguration", to: input.bucket)]
    }

    func handle(_ input: ListBucketMetricsConfigurationsRequest, in context: RequestContext)
        async throws
        -> ListBucketMetricsConfigurationsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let (page, next): ([MetricsConfiguration], String?) = try await store.named(
            "metrics", of: bucket, after: input.continuationToken)
        return ListBucketMetricsConfigurationsOutput(
            isTruncated: next != nil, continuationToken: input.continuationToken,
            nextContinuationToken: next,
            metricsConfigurationList: page.isEmpty ? nil : page)
    }
}
