/// The permission of an access control list that allows an action.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions>
struct ACLPermission: Sendable {
    var permission: String
    /// The object's own list decides, not the bucket's.
    var isOnObject: Bool

    init?(_ action: String) {
        switch action {
        case "s3:GetObject", "s3:GetObjectVersion": (permission, isOnObject) = ("READ", true)
        case "s3:GetObjectAcl", "s3:GetObjectVersionAcl":
            (permission, isOnObject) = ("READ_ACP", true)
        case "s3:PutObjectAcl", "s3:PutObjectVersionAcl":
            (permission, isOnObject) = ("WRITE_ACP", true)
        case "s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads":
            (permission, isOnObject) = ("READ", false)
        case "s3:PutObject", "s3:DeleteObject": (permission, isOnObject) = ("WRITE", false)
        case "s3:GetBucketAcl": (permission, isOnObject) = ("READ_ACP", false)
        case "s3:PutBucketAcl": (permission, isOnObject) = ("WRITE_ACP", false)
        default: return nil
        }
    }
}
