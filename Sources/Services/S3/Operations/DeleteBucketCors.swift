import S3Model
import ServiceKit
import Wire

/// Lets no web page use a bucket any more.
struct DeleteBucketCors: OperationHandler {
    static let operation = S3API.deleteBucketCors
    let store: S3Store

    func access(for input: DeleteBucketCorsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketCORS", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketCorsRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.cors, of: bucket)
        return EmptyStructure()
    }
}
