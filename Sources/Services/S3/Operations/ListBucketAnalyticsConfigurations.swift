import S3Model
import ServiceKit
import Wire

/// Lists the configurations of analytics of a bucket.
struct ListBucketAnalyticsConfigurations: OperationHandler {
    static let operation = S3API.listBucketAnalyticsConfigurations
    let store: S3Store

    func access(for input: ListBucketAnalyticsConfigurationsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetAnalyticsConfiguration", to: input.bucket)]
    }

    func handle(_ input: ListBucketAnalyticsConfigurationsRequest, in context: RequestContext)
        async throws
        -> ListBucketAnalyticsConfigurationsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let (page, next): ([AnalyticsConfiguration], String?) = try await store.named(
            "analytics", of: bucket, after: input.continuationToken)
        return ListBucketAnalyticsConfigurationsOutput(
            isTruncated: next != nil, continuationToken: input.continuationToken,
            nextContinuationToken: next,
            analyticsConfigurationList: page.isEmpty ? nil : page)
    }
}
