import S3Model
import ServiceKit
import Wire

/// Says which public access to a bucket is blocked.
struct PutPublicAccessBlock: OperationHandler {
    static let operation = S3API.putPublicAccessBlock
    let store: S3Store

    func access(for input: PutPublicAccessBlockRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketPublicAccessBlock", to: input.bucket)]
    }

    func handle(_ input: PutPublicAccessBlockRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.set(.publicAccessBlock, input.publicAccessBlockConfiguration, of: bucket)
        return EmptyStructure()
    }
}
