import S3Model
import ServiceKit
import Wire

/// Sets a configuration of metrics of a bucket.
struct PutBucketMetricsConfiguration: OperationHandler {
    static let operation = S3API.putBucketMetricsConfiguration
    let store: S3Store

    func access(for input: PutBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutMetricsConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketMetricsConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard input.metricsConfiguration.id == input.id else { throw S3Failure.malformedXML }
        try await store.setNamed(
            BucketSetting("metrics", input.id), input.metricsConfiguration, of: bucket)
        return EmptyStructure()
    }
}
