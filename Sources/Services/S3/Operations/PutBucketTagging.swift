import S3Model
import ServiceKit
import Wire

/// Sets the tags of a bucket, in place of those that it has.
struct PutBucketTagging: OperationHandler {
    static let operation = S3API.putBucketTagging
    let store: S3Store

    func access(for input: PutBucketTaggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketTagging", to: input.bucket)]
    }

    func handle(_ input: PutBucketTaggingRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        _ = try ObjectTag.checked(input.tagging.tagSet, limit: S3Limits.bucketTags)
        if input.tagging.tagSet.isEmpty {
            try await store.remove(.tagging, of: bucket)
            return EmptyStructure()
        }
        try await store.set(.tagging, input.tagging, of: bucket)
        return EmptyStructure()
    }
}
