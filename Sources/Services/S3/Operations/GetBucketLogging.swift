import S3Model
import ServiceKit
import Wire

/// Answers where a bucket's requests are logged.
struct GetBucketLogging: OperationHandler {
    static let operation = S3API.getBucketLogging
    let store: S3Store

    func access(for input: GetBucketLoggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketLogging", to: input.bucket)]
    }

    func handle(_ input: GetBucketLoggingRequest, in context: RequestContext) async throws
        -> GetBucketLoggingOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let found: BucketLoggingStatus? = try await store.setting(.logging, of: bucket)
        return GetBucketLoggingOutput(loggingEnabled: found?.loggingEnabled)
    }
}
