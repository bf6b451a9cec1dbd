import S3Model
import ServiceKit
import Wire

/// Answers whether a legal hold keeps a version.
struct GetObjectLegalHold: OperationHandler {
    static let operation = S3API.getObjectLegalHold
    let store: S3Store

    func access(for input: GetObjectLegalHoldRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:GetObjectLegalHold", to: input.bucket, key: input.key,
                versionID: input.versionId)
        ]
    }

    func handle(_ input: GetObjectLegalHoldRequest, in context: RequestContext) async throws
        -> GetObjectLegalHoldOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        guard found.bucket.hasLocks else { throw S3Failure.noLocks }
        guard let hasLegalHold = found.object.details.hasLegalHold else {
            throw ObjectLock.missing(found.object)
        }
        return GetObjectLegalHoldOutput(
            legalHold: ObjectLockLegalHold(status: hasLegalHold ? "ON" : "OFF"))
    }
}
