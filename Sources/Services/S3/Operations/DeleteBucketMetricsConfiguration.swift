import S3Model
import ServiceKit
import Wire

/// Removes a configuration of metrics of a bucket.
struct DeleteBucketMetricsConfiguration: OperationHandler {
    static let operation = S3API.deleteBucketMetricsConfiguration
    let store: S3Store

    func access(for input: DeleteBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutMetricsConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.removeNamed(BucketSetting("metrics", input.id), of: bucket)
        return EmptyStructure()
    }
}
