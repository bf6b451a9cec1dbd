import S3Model
import ServiceKit
import Wire

/// Answers when objects of a bucket expire or change their storage class.
struct GetBucketLifecycleConfiguration: OperationHandler {
    static let operation = S3API.getBucketLifecycleConfiguration
    let store: S3Store

    func access(for input: GetBucketLifecycleConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetLifecycleConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketLifecycleConfigurationRequest, in context: RequestContext)
        async throws
        -> GetBucketLifecycleConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard
            let found: PutBucketLifecycleConfigurationRequest = try await store.setting(
                .lifecycle, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist",
                bucket.name)
        }
        return GetBucketLifecycleConfigurationOutput(
            rules: found.lifecycleConfiguration?.rules,
            transitionDefaultMinimumObjectSize: found.transitionDefaultMinimumObjectSize)
    }
}
