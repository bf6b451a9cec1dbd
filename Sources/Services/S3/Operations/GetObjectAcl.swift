import S3Model
import ServiceKit
import Wire

/// Answers the access control list of an object.
struct GetObjectAcl: OperationHandler {
    static let operation = S3API.getObjectAcl
    let store: S3Store

    func access(for input: GetObjectAclRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, input.versionId == nil ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl",
                to: input.bucket, key: input.key, versionID: input.versionId)
        ]
    }

    func handle(_ input: GetObjectAclRequest, in context: RequestContext) async throws
        -> GetObjectAclOutput
    {
        let found = try await store.find(
            input.key, in: input.bucket, versionID: input.versionId,
            expectedOwner: input.expectedBucketOwner)
        let owner = found.object.owner(in: found.bucket)
        let standard = ACLGrant(.user(owner.id ?? ""), "FULL_CONTROL")
        let grants = found.bucket.ignoresACLs ? nil : found.object.details.grants
        return GetObjectAclOutput(owner: owner, grants: (grants ?? [standard]).map(\.wire))
    }
}
