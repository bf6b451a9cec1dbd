import S3Model
import ServiceKit
import Wire

/// Lets objects of a bucket be locked, and says how long new ones are retained.
struct PutObjectLockConfiguration: OperationHandler {
    static let operation = S3API.putObjectLockConfiguration
    let store: S3Store

    func access(for input: PutObjectLockConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketObjectLockConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutObjectLockConfigurationRequest, in context: RequestContext) async throws
        -> PutObjectLockConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let configuration = input.objectLockConfiguration else {
            throw AWSError("MissingRequestBodyError", "Request Body is empty", status: 400)
        }
        guard configuration.objectLockEnabled == "Enabled" else { throw S3Failure.malformedXML }
        if let retention = configuration.rule?.defaultRetention {
            guard retention.mode != nil, (retention.days == nil) != (retention.years == nil) else {
                throw S3Failure.malformedXML
            }
            guard retention.days ?? retention.years ?? 0 > 0 else {
                throw S3Failure.argument(
                    "Default retention period must be a positive integer value.", "Days",
                    String(retention.days ?? retention.years ?? 0))
            }
        }
        guard bucket.versioning == .enabled else {
            throw AWSError(
                "InvalidBucketState",
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
                status: 409)
        }
        try await store.update(bucket) { $0.hasLocks = true }
        try await store.set(.objectLock, configuration, of: bucket)
        return PutObjectLockConfigurationOutput()
    }
}
