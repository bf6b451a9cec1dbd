import S3Model
import ServiceKit
import Wire

/// Sets the access control list of a bucket.
struct PutBucketAcl: OperationHandler {
    static let operation = S3API.putBucketAcl
    let store: S3Store

    func access(for input: PutBucketAclRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketAcl", to: input.bucket)]
    }

    func handle(_ input: PutBucketAclRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let request = ACLRequest(
            canned: input.acl,
            headers: [
                ("FULL_CONTROL", input.grantFullControl), ("READ", input.grantRead),
                ("WRITE", input.grantWrite), ("READ_ACP", input.grantReadACP),
                ("WRITE_ACP", input.grantWriteACP),
            ], document: input.accessControlPolicy)
        guard !request.isEmpty else {
            throw AWSError(
                "MissingSecurityHeader", "Your request was missing a required header", status: 400,
                fields: ["MissingHeaderName": "x-amz-acl"])
        }
        try request.checkKinds()
        if bucket.ignoresACLs {
            guard request.isHarmless(bucketOwner: bucket.account), request.canned != "private"
            else { throw S3Failure.aclsNotSupported }
            return EmptyStructure()
        }
        let grants = try request.grants(
            owner: bucket.account, bucketOwner: bucket.account, isBucket: true)
        try await store.checkPublicGrants(grants, of: bucket)
        try await store.update(bucket) { $0.grants = grants }
        return EmptyStructure()
    }
}
