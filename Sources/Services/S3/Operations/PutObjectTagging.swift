import S3Model
import ServiceKit
import Wire

/// Sets the tags of an object, in place of those that it has.
struct PutObjectTagging: OperationHandler {
    static let operation = S3API.putObjectTagging
    let store: S3Store

    func access(for input: PutObjectTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        var keys: [String: String?] = [:]
        for tag in input.tagging.tagSet { keys["s3:RequestObjectTag/\(tag.key)"] = tag.value }
        return [
            try await store.access(
                context,
                input.versionId == nil ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging",
                to: input.bucket, key: input.key, versionID: input.versionId, keys)
        ]
    }

    func handle(_ input: PutObjectTaggingRequest, in context: RequestContext) async throws
        -> PutObjectTaggingOutput
    {
        let tags = try ObjectTag.checked(input.tagging.tagSet, limit: S3Limits.objectTags)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let actor = S3Actor(context)
        let object = try await store.update(input.key, in: bucket, versionID: input.versionId) {
            [store] object, transaction in
            object.details.tags = tags
            try store.notify(.taggingPut, object, in: bucket, by: actor, transaction)
        }
        return PutObjectTaggingOutput(
            versionId: bucket.versioning == .never ? nil : object.versionID)
    }
}
