import S3Model
import ServiceKit
import Wire

/// Answers the tags of an object.
struct GetObjectTagging: OperationHandler {
    static let operation = S3API.getObjectTagging
    let store: S3Store

    func access(for input: GetObjectTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context,
                input.versionId == nil ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging",
                to: input.bucket, key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: GetObjectTaggingRequest, in context: RequestContext) async throws
        -> GetObjectTaggingOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        return GetObjectTaggingOutput(
            versionId: found.bucket.versioning == .never ? nil : found.object.versionID,
            tagSet: found.object.details.tags.map(\.wire))
    }
}
