import S3Model
import ServiceKit
import Wire

/// Answers until when a version is retained.
struct GetObjectRetention: OperationHandler {
    static let operation = S3API.getObjectRetention
    let store: S3Store

    func access(for input: GetObjectRetentionRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:GetObjectRetention", to: input.bucket, key: input.key,
                versionID: input.versionId)
        ]
    }

    func handle(_ input: GetObjectRetentionRequest, in context: RequestContext) async throws
        -> GetObjectRetentionOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        guard found.bucket.hasLocks else { throw S3Failure.noLocks }
        guard let mode = found.object.details.retentionMode else {
            throw ObjectLock.missing(found.object)
        }
        return GetObjectRetentionOutput(
            retention: ObjectLockRetention(
                mode: mode, retainUntilDate: found.object.details.retainUntil))
    }
}
