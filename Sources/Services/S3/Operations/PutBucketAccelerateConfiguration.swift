import S3Model
import ServiceKit
import Wire

/// Says whether a bucket is to be reached faster from afar.
struct PutBucketAccelerateConfiguration: OperationHandler {
    static let operation = S3API.putBucketAccelerateConfiguration
    let store: S3Store

    func access(for input: PutBucketAccelerateConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutAccelerateConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketAccelerateConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard input.accelerateConfiguration.status != nil else { throw S3Failure.malformedXML }
        guard !bucket.name.contains(".") else {
            throw S3Failure.invalidRequest(
                "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"
            )
        }
        let present: AccelerateConfiguration? = try await store.setting(.accelerate, of: bucket)
        if present == nil, input.accelerateConfiguration.status == "Suspended" {
            return EmptyStructure()
        }
        try await store.set(.accelerate, input.accelerateConfiguration, of: bucket)
        return EmptyStructure()
    }
}
