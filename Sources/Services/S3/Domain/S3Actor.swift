import ServiceKit

/// Who changes an object, as notifications tell it.
struct S3Actor: Sendable {
    var account: String?
    var principalID: String
    var sourceIP: String
    var requestID: String
    var region: String

    init(_ context: RequestContext) {
        account = context.principal.account
        principalID =
            switch context.principal {
            case .root(let account): account
            case .anonymous: "Anonymous"
            case let principal: "AWS:\(principal.userID)"
            }
        sourceIP = context.sourceIP
        requestID = context.requestID
        region = context.region
    }

    /// S3 itself, by the rules of a bucket.
    init(lifecycleOf bucket: BucketRecord) {
        self.init("s3.amazonaws.com", bucket)
    }

    /// S3 itself, which replicates a bucket.
    init(replicationOf bucket: BucketRecord) {
        self.init("s3.amazonaws.com", bucket)
    }

    private init(_ principalID: String, _ bucket: BucketRecord) {
        account = bucket.account
        self.principalID = principalID
        sourceIP = "s3.amazonaws.com"
        requestID = ""
        region = bucket.region
    }
}
