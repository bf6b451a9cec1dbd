import S3Model
import ServiceKit
import Wire

/// Answers the access control list of a bucket.
struct GetBucketAcl: OperationHandler {
    static let operation = S3API.getBucketAcl
    let store: S3Store

    func access(for input: GetBucketAclRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketAcl", to: input.bucket)]
    }

    func handle(_ input: GetBucketAclRequest, in context: RequestContext) async throws
        -> GetBucketAclOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return GetBucketAclOutput(
            owner: CanonicalUser.owner(bucket.account), grants: bucket.grants.map(\.wire))
    }
}
