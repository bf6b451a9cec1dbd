import S3Model
import ServiceKit
import Wire

/// Answers the tags of a bucket.
struct GetBucketTagging: OperationHandler {
    static let operation = S3API.getBucketTagging
    let store: S3Store

    func access(for input: GetBucketTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketTagging", to: input.bucket)]
    }

    func handle(_ input: GetBucketTaggingRequest, in context: RequestContext) async throws
        -> GetBucketTaggingOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let found: Tagging = try await store.setting(.tagging, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchTagSet", "The TagSet does not exist", bucket.name)
        }
        return GetBucketTaggingOutput(tagSet: found.tagSet)
    }
}
