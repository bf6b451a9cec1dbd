import S3Model
import ServiceKit
import Wire

/// Answers whether the policy of a bucket lets anybody in.
struct GetBucketPolicyStatus: OperationHandler {
    static let operation = S3API.getBucketPolicyStatus
    let store: S3Store

    func access(for input: GetBucketPolicyStatusRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketPolicyStatus", to: input.bucket)]
    }

    func handle(_ input: GetBucketPolicyStatusRequest, in context: RequestContext) async throws
        -> GetBucketPolicyStatusOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let policy = try await store.policy(of: bucket) else {
            throw S3Failure.missing(
                "NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name)
        }
        let isPublic = BucketPolicy(policy)?.isPublic ?? false
        return GetBucketPolicyStatusOutput(policyStatus: PolicyStatus(isPublic: isPublic))
    }
}
