import S3Model
import ServiceKit
import Wire

/// Sets the policy of a bucket.
struct PutBucketPolicy: OperationHandler {
    static let operation = S3API.putBucketPolicy
    let store: S3Store

    func access(for input: PutBucketPolicyRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketPolicy", to: input.bucket)]
    }

    func handle(_ input: PutBucketPolicyRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.setPolicy(input.policy, of: bucket)
        return EmptyStructure()
    }
}
