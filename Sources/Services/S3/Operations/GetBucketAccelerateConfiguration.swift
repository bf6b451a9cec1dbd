import S3Model
import ServiceKit
import Wire

/// Answers whether a bucket is to be reached faster from afar.
struct GetBucketAccelerateConfiguration: OperationHandler {
    static let operation = S3API.getBucketAccelerateConfiguration
    let store: S3Store

    func access(for input: GetBucketAccelerateConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetAccelerateConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketAccelerateConfigurationRequest, in context: RequestContext)
        async throws
        -> GetBucketAccelerateConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let found: AccelerateConfiguration? = try await store.setting(.accelerate, of: bucket)
        return GetBucketAccelerateConfigurationOutput(status: found?.status)
    }
}
