import S3Model
import ServiceKit
import Wire

/// Says who owns the objects of a bucket.
struct PutBucketOwnershipControls: OperationHandler {
    static let operation = S3API.putBucketOwnershipControls
    let store: S3Store

    func access(for input: PutBucketOwnershipControlsRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketOwnershipControls", to: input.bucket)]
    }

    func handle(_ input: PutBucketOwnershipControlsRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let rules = input.ownershipControls.rules
        guard rules.count == 1, let ownership = rules.first?.objectOwnership else {
            throw S3Failure.malformedXML
        }
        let owner = ACLGrant(.user(CanonicalUser.id(of: bucket.account)), "FULL_CONTROL")
        try await store.update(bucket) { bucket in
            if ownership == "BucketOwnerEnforced", bucket.grants.contains(where: { $0 != owner }) {
                throw AWSError(
                    "InvalidBucketAclWithObjectOwnership",
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
                    status: 400)
            }
            bucket.ownership = ownership
        }
        return EmptyStructure()
    }
}
