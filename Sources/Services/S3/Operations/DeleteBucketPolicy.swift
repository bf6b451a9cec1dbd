import S3Model
import ServiceKit
import Wire

/// Removes the policy of a bucket.
struct DeleteBucketPolicy: OperationHandler {
    static let operation = S3API.deleteBucketPolicy
    let store: S3Store

    func access(for input: DeleteBucketPolicyRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:DeleteBucketPolicy", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketPolicyRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.policy, of: bucket)
        return EmptyStructure()
    }
}
