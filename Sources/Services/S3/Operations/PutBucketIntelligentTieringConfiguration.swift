import S3Model
import ServiceKit
import Wire

/// Sets a configuration of tiering of a bucket.
struct PutBucketIntelligentTieringConfiguration: OperationHandler {
    static let operation = S3API.putBucketIntelligentTieringConfiguration
    let store: S3Store

    func access(
        for input: PutBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutIntelligentTieringConfiguration", to: input.bucket)]
    }

    func handle(
        _ input: PutBucketIntelligentTieringConfigurationRequest, in context: RequestContext
    ) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard input.intelligentTieringConfiguration.id == input.id else {
            throw S3Failure.malformedXML
        }
        try await store.setNamed(
            BucketSetting("intelligent-tiering", input.id), input.intelligentTieringConfiguration,
            of: bucket)
        return EmptyStructure()
    }
}
