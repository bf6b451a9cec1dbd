import S3Model
import ServiceKit
import Wire

/// Sets a configuration of analytics of a bucket.
struct PutBucketAnalyticsConfiguration: OperationHandler {
    static let operation = S3API.putBucketAnalyticsConfiguration
    let store: S3Store

    func access(for input: PutBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutAnalyticsConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketAnalyticsConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard input.analyticsConfiguration.id == input.id else { throw S3Failure.malformedXML }
        try await store.setNamed(
            BucketSetting("analytics", input.id), input.analyticsConfiguration, of: bucket)
        return EmptyStructure()
    }
}
