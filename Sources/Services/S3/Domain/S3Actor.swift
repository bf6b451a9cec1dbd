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
        switch context.principal {
        case .root(let account): principalID = account
        case .user(_, _, _, let id): principalID = "AWS:\(id)"
        case .assumedRole(_, _, let roleID, let session): principalID = "AWS:\(roleID):\(session)"
        case .service(let name): principalID = "AWS:\(name)"
        case .anonymous: principalID = "Anonymous"
        }
        sourceIP = context.sourceIP
        requestID = context.requestID
        region = context.region
    }
}
