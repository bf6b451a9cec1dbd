import Platform
import ServiceKit

/// The condition keys that every request has, by their names in lower case.
///
/// Source: "AWS global condition context keys" in the IAM User Guide.
enum GlobalKeys {
    typealias Value = @Sendable (RequestFacts) -> [String]?

    static let all: [String: Value] = principal.merging(session) { $1 }.merging(network) { $1 }
        .merging(resource) { $1 }

    private static let principal: [String: Value] = [
        "aws:principalarn": { facts in
            switch facts.principal.principal {
            // A session's ARN is that of its role.
            case .assumedRole: [facts.principal.roleARN ?? facts.principal.arn]
            case .root, .user, .federatedUser: [facts.principal.arn]
            case .federated, .service, .anonymous: nil
            }
        },
        "aws:principalaccount": { one($0.principal.account) },
        "aws:principaltype": { one($0.principal.principal.type) },
        "aws:principalisawsservice": { facts in
            if case .service = facts.principal.principal { return ["true"] }
            return ["false"]
        },
        "aws:principalservicename": { facts in
            guard case .service(let name) = facts.principal.principal else { return nil }
            return [name]
        },
        "aws:principalservicenameslist": { facts in
            guard case .service(let name) = facts.principal.principal else { return nil }
            return [name]
        },
        "aws:userid": { facts in
            switch facts.principal.principal {
            case .service, .federated: nil
            default: [facts.principal.userID]
            }
        },
        "aws:username": { facts in
            guard case .user(_, _, let name, _) = facts.principal.principal else { return nil }
            return [name]
        },
    ]

    private static let session: [String: Value] = [
        "aws:tokenissuetime": { one($0.principal.session?.issued.iso8601) },
        "aws:federatedprovider": { one($0.principal.session?.federatedProvider) },
        "aws:sourceidentity": { one($0.principal.session?.sourceIdentity) },
        // Lasting keys have no such key at all: `BoolIfExists` is for that.
        "aws:multifactorauthpresent": { facts in
            facts.principal.session.map { [String($0.multiFactorTime != nil)] }
        },
        "aws:multifactorauthage": { facts in
            guard let shown = facts.principal.session?.multiFactorTime, let now = facts.time else {
                return nil
            }
            return [String((now - shown).components.seconds)]
        },
    ]

    private static let network: [String: Value] = [
        "aws:currenttime": { one($0.time?.iso8601) },
        "aws:epochtime": { one($0.time.map { String($0.seconds) }) },
        "aws:requestedregion": { one($0.region) },
        // A service that calls for somebody has no address that a policy could mean.
        "aws:sourceip": { $0.calledVia.isEmpty ? one($0.sourceIP) : nil },
        "aws:useragent": { one($0.userAgent) },
        "aws:securetransport": { one($0.isEncrypted.map { String($0) }) },
        "aws:sourcearn": { one($0.sourceARN) },
        "aws:sourceaccount": { one($0.sourceAccount) },
        "aws:viaawsservice": { [String(!$0.calledVia.isEmpty)] },
        "aws:calledvia": { $0.calledVia.isEmpty ? nil : $0.calledVia },
        "aws:calledviafirst": { one($0.calledVia.first) },
        "aws:calledvialast": { one($0.calledVia.last) },
    ]

    private static let resource: [String: Value] = [
        "aws:resourceaccount": { [$0.resourceAccount] }
    ]

    private static func one(_ value: String?) -> [String]? {
        value.map { [$0] }
    }
}

extension Principal {
    /// The kind as `aws:PrincipalType` gives it.
    var type: String {
        switch self {
        case .root: "Account"
        case .user: "User"
        case .assumedRole: "AssumedRole"
        case .federatedUser: "FederatedUser"
        case .federated: "FederatedUser"
        case .service: "Service"
        case .anonymous: "Anonymous"
        }
    }
}
