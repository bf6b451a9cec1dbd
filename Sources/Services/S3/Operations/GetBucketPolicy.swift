import S3Model
import ServiceKit
import Wire

/// Answers the policy of a bucket, as it was put.
struct GetBucketPolicy: OperationHandler {
    static let operation = S3API.getBucketPolicy
    let store: S3Store

    func access(for input: GetBucketPolicyRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketPolicy", to: input.bucket)]
    }

    func handle(_ input: GetBucketPolicyRequest, in context: RequestContext) async throws
        -> GetBucketPolicyOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let policy = try await store.policy(of: bucket) else {
            throw S3Failure.missing(
                "NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name)
        }
        return GetBucketPolicyOutput(policy: policy)
    }
}
