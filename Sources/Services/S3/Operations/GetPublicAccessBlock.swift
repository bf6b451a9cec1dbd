import S3Model
import ServiceKit
import Wire

/// Answers which public access to a bucket is blocked.
struct GetPublicAccessBlock: OperationHandler {
    static let operation = S3API.getPublicAccessBlock
    let store: S3Store

    func access(for input: GetPublicAccessBlockRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketPublicAccessBlock", to: input.bucket)]
    }

    func handle(_ input: GetPublicAccessBlockRequest, in context: RequestContext) async throws
        -> GetPublicAccessBlockOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard
            let found: PublicAccessBlockConfiguration = try await store.setting(
                .publicAccessBlock, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchPublicAccessBlockConfiguration",
                "The public access block configuration was not found", bucket.name)
        }
        return GetPublicAccessBlockOutput(
            publicAccessBlockConfiguration: found)
    }
}
