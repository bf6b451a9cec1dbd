import S3Model
import ServiceKit
import Wire

/// Keeps a version by a legal hold, or ends it.
struct PutObjectLegalHold: OperationHandler {
    static let operation = S3API.putObjectLegalHold
    let store: S3Store

    func access(for input: PutObjectLegalHoldRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:PutObjectLegalHold", to: input.bucket, key: input.key,
                versionID: input.versionId)
        ]
    }

    func handle(_ input: PutObjectLegalHoldRequest, in context: RequestContext) async throws
        -> PutObjectLegalHoldOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard bucket.hasLocks else { throw S3Failure.noLocks }
        guard let status = input.legalHold?.status else { throw S3Failure.malformedXML }
        try await store.update(input.key, in: bucket, versionID: input.versionId) { object, _ in
            object.details.hasLegalHold = status == "ON"
        }
        return PutObjectLegalHoldOutput()
    }
}
