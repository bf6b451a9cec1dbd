import S3Model
import ServiceKit
import Wire

/// Blocks no public access to a bucket any more.
struct DeletePublicAccessBlock: OperationHandler {
    static let operation = S3API.deletePublicAccessBlock
    let store: S3Store

    func access(for input: DeletePublicAccessBlockRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketPublicAccessBlock", to: input.bucket)]
    }

    func handle(_ input: DeletePublicAccessBlockRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.publicAccessBlock, of: bucket)
        return EmptyStructure()
    }
}
