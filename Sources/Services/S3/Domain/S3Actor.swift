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
}
