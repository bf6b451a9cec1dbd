import S3Model
import Wire

/// The access control list that a request asks for: a canned one, grants in headers, or a document.
struct ACLRequest: Sendable {
    var canned: String?
    /// The permissions and the headers that grant them.
    var headers: [(permission: String, value: String?)] = []
    var document: AccessControlPolicy?

    /// Whether the request says nothing of an access control list.
    var isEmpty: Bool {
        canned == nil && document == nil && headers.allSatisfy { $0.value == nil }
    }

    private static let objectCanned = [
        "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read",
        "bucket-owner-read", "bucket-owner-full-control",
    ]
    private static let bucketCanned = [
        "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read",
        "log-delivery-write",
    ]

    /// The grants, for something that `owner` owns in a bucket that `bucketOwner` owns.
    ///
    /// - Throws: `InvalidRequest` where there are several kinds; `InvalidArgument`, `MalformedACLError`.
    func grants(owner: String, bucketOwner: String, isBucket: Bool) throws -> [ACLGrant] {
        try checkKinds()
        let given = headers.filter { $0.value != nil }
        if let document {
            guard canned == nil, given.isEmpty else {
                throw AWSError(
                    "UnexpectedContent", "This request does not support content", status: 400)
            }
            guard document.owner?.id != nil else { throw ACLGrant.malformedACL }
            let grants = try (document.grants ?? []).map(ACLGrant.checked)
            guard grants.count <= S3Limits.grants else { throw ACLGrant.malformedACL }
            return grants
        }
        if !given.isEmpty {
            return try given.flatMap { permission, value in
                try ACLGrant.checked(header: value ?? "", permission: permission)
            }
        }
        return try Self.grants(
            canned: canned ?? "private", owner: CanonicalUser.id(of: owner),
            bucketOwner: CanonicalUser.id(of: bucketOwner), isBucket: isBucket)
    }

    /// - Throws: `InvalidRequest` where there are several kinds.
    func checkKinds() throws {
        if canned != nil, headers.contains(where: { $0.value != nil }) {
            throw S3Failure.invalidRequest(
                "Specifying both Canned ACLs and Header Grants is not allowed")
        }
    }

    private static func grants(
        canned: String, owner: String, bucketOwner: String, isBucket: Bool
    ) throws -> [ACLGrant] {
        guard (isBucket ? bucketCanned : objectCanned).contains(canned) else {
            throw S3Failure.argument("", "x-amz-acl", canned)
        }
        let full = ACLGrant(.user(owner), "FULL_CONTROL")
        switch canned {
        case "public-read": return [full, ACLGrant(.group(ACLGrant.allUsers), "READ")]
        case "public-read-write":
            return [
                full, ACLGrant(.group(ACLGrant.allUsers), "READ"),
                ACLGrant(.group(ACLGrant.allUsers), "WRITE"),
            ]
        case "authenticated-read":
            return [full, ACLGrant(.group(ACLGrant.authenticatedUsers), "READ")]
        case "log-delivery-write":
            return [
                full, ACLGrant(.group(ACLGrant.logDelivery), "WRITE"),
                ACLGrant(.group(ACLGrant.logDelivery), "READ_ACP"),
            ]
        case "bucket-owner-read" where bucketOwner != owner:
            return [full, ACLGrant(.user(bucketOwner), "READ")]
        case "bucket-owner-full-control" where bucketOwner != owner:
            return [full, ACLGrant(.user(bucketOwner), "FULL_CONTROL")]
        default: return [full]
        }
    }

    /// Whether it asks for nothing that a bucket without access control lists refuses: only that the bucket's owner has all.
    func isHarmless(bucketOwner: String) -> Bool {
        if isEmpty { return true }
        if let canned { return canned == "bucket-owner-full-control" || canned == "private" }
        let owner = CanonicalUser.id(of: bucketOwner)
        let grants = try? grants(owner: bucketOwner, bucketOwner: bucketOwner, isBucket: false)
        return grants?.allSatisfy { $0 == ACLGrant(.user(owner), "FULL_CONTROL") } ?? false
    }
}
