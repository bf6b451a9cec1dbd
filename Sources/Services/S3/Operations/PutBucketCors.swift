import S3Model
import ServiceKit
import Wire

/// Says which web pages may use a bucket.
struct PutBucketCors: OperationHandler {
    static let operation = S3API.putBucketCors
    let store: S3Store

    func access(for input: PutBucketCorsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketCORS", to: input.bucket)]
    }

    func handle(_ input: PutBucketCorsRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try CORSRules.check(input.corsConfiguration)
        try await store.set(.cors, input.corsConfiguration, of: bucket)
        return EmptyStructure()
    }
}
