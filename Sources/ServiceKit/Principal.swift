/// Who makes a request.
package enum Principal: Hashable, Sendable {
    /// The account itself.
    case root(account: String)
    /// An IAM user.
    case user(account: String, path: String, name: String, id: String)
    /// A session of an IAM role.
    case assumedRole(account: String, role: String, roleID: String, session: String)
    /// Somebody whom a user, or the account itself where `user` is `nil`, vouches for (`GetFederationToken`).
    case federatedUser(account: String, name: String, user: String?)
    /// The bearer of an identity provider's token, on the way to a role: the provider's ARN or, for well-known ones, its name.
    case federated(provider: String)
    /// A service of Apus that acts on its own, such as `events.amazonaws.com`.
    case service(String)
    /// Somebody who did not sign.
    case anonymous

    /// The account that the principal belongs to; `nil` for services, bearers of tokens and anonymous callers.
    package var account: String? {
        switch self {
        case .root(let account), .user(let account, _, _, _), .assumedRole(let account, _, _, _),
            .federatedUser(let account, _, _):
            account
        case .federated, .service, .anonymous: nil
        }
    }

    /// The principal's ARN as `GetCallerIdentity` gives it; a service's or provider's name; `*` for anonymous callers.
    package var arn: String {
        switch self {
        case .root(let account): "arn:aws:iam::\(account):root"
        case .user(let account, let path, let name, _): "arn:aws:iam::\(account):user\(path)\(name)"
        case .assumedRole(let account, let role, _, let session):
            "arn:aws:sts::\(account):assumed-role/\(role)/\(session)"
        case .federatedUser(let account, let name, _):
            "arn:aws:sts::\(account):federated-user/\(name)"
        case .federated(let provider): provider
        case .service(let name): name
        case .anonymous: "*"
        }
    }

    /// The unique identifier as `GetCallerIdentity` gives it (`aws:userid`).
    package var userID: String {
        switch self {
        case .root(let account): account
        case .user(_, _, _, let id): id
        case .assumedRole(_, _, let roleID, let session): "\(roleID):\(session)"
        case .federatedUser(let account, let name, _): "\(account):\(name)"
        case .federated(let provider): provider
        case .service(let name): name
        case .anonymous: "anonymous"
        }
    }
}
