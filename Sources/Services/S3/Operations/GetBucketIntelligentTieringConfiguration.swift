import S3Model
import ServiceKit
import Wire

/// Answers a configuration of tiering of a bucket.
struct GetBucketIntelligentTieringConfiguration: OperationHandler {
    static let operation = S3API.getBucketIntelligentTieringConfiguration
    let store: S3Store

    func access(
        for input: GetBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetIntelligentTieringConfiguration", to: input.bucket)]
    }

    func handle(
        _ input: GetBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> GetBucketIntelligentTieringConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketIntelligentTieringConfigurationOutput(
            intelligentTieringConfiguration: try await store.named(
                BucketSetting("intelligent-tiering", input.id), of: bucket))
    }
}
