import S3Model
import ServiceKit
import Wire

/// Tells a bucket's region; nothing stands for us-east-1.
struct GetBucketLocation: OperationHandler {
    static let operation = S3API.getBucketLocation
    let store: S3Store

    func access(for input: GetBucketLocationRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketLocation", to: input.bucket)]
    }

    func handle(_ input: GetBucketLocationRequest, in context: RequestContext) async throws
        -> GetBucketLocationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketLocationOutput(
            locationConstraint: bucket.region == "us-east-1" ? "" : bucket.region)
    }
}
