import S3Model
import Wire

extension S3Store {
    /// The grants that a request asks for on an object; nil where only its owner has any.
    ///
    /// - Throws: `AccessControlListNotSupported`, `AccessDenied`, `InvalidArgument`.
    func grants(
        _ request: ACLRequest, owner: String, in bucket: BucketRecord
    ) async throws -> [ACLGrant]? {
        try request.checkKinds()
        if bucket.ignoresACLs {
            guard request.isHarmless(bucketOwner: bucket.account) else {
                throw S3Failure.aclsNotSupported
            }
            return nil
        }
        if request.isEmpty { return nil }
        let grants = try request.grants(
            owner: owner, bucketOwner: bucket.account, isBucket: false)
        try await checkPublicGrants(grants, of: bucket)
        return grants
    }

    /// Whether a bucket lets an access control list be set that lets anybody in.
    ///
    /// - Throws: `AccessDenied`.
    func checkPublicGrants(_ grants: [ACLGrant], of bucket: BucketRecord) async throws {
        guard grants.contains(where: \.isPublic) else { return }
        let block: PublicAccessBlockConfiguration? = try await setting(
            .publicAccessBlock, of: bucket)
        if block?.blockPublicAcls == true { throw S3Failure.accessDenied }
    }
}
