import S3Model
import ServiceKit
import Wire

/// Removes a configuration of tiering of a bucket.
struct DeleteBucketIntelligentTieringConfiguration: OperationHandler {
    static let operation = S3API.deleteBucketIntelligentTieringConfiguration
    let store: S3Store

    func access(
        for input: DeleteBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutIntelligentTieringConfiguration", to: input.bucket)]
    }

    func handle(
        _ input: DeleteBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.removeNamed(BucketSetting("intelligent-tiering", input.id), of: bucket)
        return EmptyStructure()
    }
}
