import S3Model
import ServiceKit
import Wire

/// Answers how long new objects of a bucket are retained.
struct GetObjectLockConfiguration: OperationHandler {
    static let operation = S3API.getObjectLockConfiguration
    let store: S3Store

    func access(for input: GetObjectLockConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketObjectLockConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetObjectLockConfigurationRequest, in context: RequestContext) async throws
        -> GetObjectLockConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard bucket.hasLocks else {
            throw S3Failure.missing(
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket", bucket.name)
        }
        let found: ObjectLockConfiguration? = try await store.setting(.objectLock, of: bucket)
        return GetObjectLockConfigurationOutput(
            objectLockConfiguration: found ?? ObjectLockConfiguration(objectLockEnabled: "Enabled"))
    }
}
