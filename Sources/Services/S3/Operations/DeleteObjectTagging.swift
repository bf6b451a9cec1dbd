import S3Model
import ServiceKit
import Wire

/// Removes the tags of an object.
struct DeleteObjectTagging: OperationHandler {
    static let operation = S3API.deleteObjectTagging
    let store: S3Store

    func access(for input: DeleteObjectTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context,
                input.versionId == nil
                    ? "s3:DeleteObjectTagging" : "s3:DeleteObjectVersionTagging",
                to: input.bucket, key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: DeleteObjectTaggingRequest, in context: RequestContext) async throws
        -> DeleteObjectTaggingOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let actor = S3Actor(context)
        let object = try await store.update(input.key, in: bucket, versionID: input.versionId) {
            [store] object, transaction in
            object.details.tags = []
            try store.notify(.taggingDelete, object, in: bucket, by: actor, transaction)
        }
        return DeleteObjectTaggingOutput(
            versionId: bucket.versioning == .never ? nil : object.versionID)
    }
}
