import S3Model
import ServiceKit
import Wire

/// Makes a bucket no website any more.
struct DeleteBucketWebsite: OperationHandler {
    static let operation = S3API.deleteBucketWebsite
    let store: S3Store

    func access(for input: DeleteBucketWebsiteRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:DeleteBucketWebsite", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketWebsiteRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.website, of: bucket)
        return EmptyStructure()
    }
}
