import S3Model
import ServiceKit
import Wire

/// Answers which web pages may use a bucket.
struct GetBucketCors: OperationHandler {
    static let operation = S3API.getBucketCors
    let store: S3Store

    func access(for input: GetBucketCorsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketCORS", to: input.bucket)]
    }

    func handle(_ input: GetBucketCorsRequest, in context: RequestContext) async throws
        -> GetBucketCorsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let found: CORSConfiguration = try await store.setting(.cors, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket.name)
        }
        return GetBucketCorsOutput(corsRules: found.corsRules)
    }
}
