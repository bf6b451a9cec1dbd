import S3Model
import ServiceKit
import Wire

/// Sets the access control list of an object.
struct PutObjectAcl: OperationHandler {
    static let operation = S3API.putObjectAcl
    let store: S3Store

    func access(for input: PutObjectAclRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, input.versionId == nil ? "s3:PutObjectAcl" : "s3:PutObjectVersionAcl",
                to: input.bucket, key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: PutObjectAclRequest, in context: RequestContext) async throws
        -> PutObjectAclOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
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
        let grants = try await store.grants(request, owner: found.object.owner, in: found.bucket)
        let actor = S3Actor(context)
        try await store.update(input.key, in: found.bucket, versionID: input.versionId) {
            [store] object, transaction in
            object.details.grants = grants
            try store.notify(.aclPut, object, in: found.bucket, by: actor, transaction)
        }
        return PutObjectAclOutput()
    }
}
