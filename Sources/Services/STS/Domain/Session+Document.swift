import Platform
import ServiceKit
import Wire

/// The form in which a session stands in its token. Names are short, since tokens travel with every request.
extension Session {
    /// The session as JSON.
    var document: Document {
        var members = identity.members
        members["key"] = .string(accessKeyID)
        members["secret"] = .string(secretAccessKey)
        members["who"] = principal.sessionDocument
        members["until"] = .integer(expiration.milliseconds)
        return .object(members)
    }

    /// Reads what `document` wrote; `nil` for anything else.
    init?(_ document: Document) {
        guard let accessKeyID = document["key"]?.stringValue,
            let secret = document["secret"]?.stringValue,
            let principal = document["who"].flatMap(Principal.init(session:)),
            let until = document["until"]?.integerValue,
            let identity = SessionIdentity(document)
        else { return nil }
        self.init(
            accessKeyID: accessKeyID, secretAccessKey: secret, principal: principal,
            expiration: Instant(milliseconds: until), identity: identity)
    }
}

extension SessionIdentity {
    fileprivate var members: [String: Document] {
        var members: [String: Document] = ["from": .integer(issued.milliseconds)]
        if !policies.isEmpty { members["policies"] = .strings(policies) }
        if !policyARNs.isEmpty { members["arns"] = .strings(policyARNs) }
        if !tags.isEmpty { members["tags"] = .object(tags.mapValues { .string($0) }) }
        if !transitiveTagKeys.isEmpty { members["transitive"] = .strings(transitiveTagKeys) }
        members["source"] = sourceIdentity.map { .string($0) }
        members["mfa"] = multiFactorTime.map { .integer($0.milliseconds) }
        members["provider"] = federatedProvider.map { .string($0) }
        if !federatedClaims.isEmpty {
            members["claims"] = .object(federatedClaims.mapValues { .strings($0) })
        }
        return members
    }

    fileprivate init?(_ document: Document) {
        guard let issued = document["from"]?.integerValue else { return nil }
        self.init(issued: Instant(milliseconds: issued))
        policies = document["policies"]?.strings ?? []
        policyARNs = document["arns"]?.strings ?? []
        if case .object(let tags)? = document["tags"] {
            self.tags = tags.compactMapValues(\.stringValue)
        }
        transitiveTagKeys = document["transitive"]?.strings ?? []
        sourceIdentity = document["source"]?.stringValue
        multiFactorTime = document["mfa"]?.integerValue.map { Instant(milliseconds: $0) }
        federatedProvider = document["provider"]?.stringValue
        if case .object(let claims)? = document["claims"] {
            federatedClaims = claims.mapValues(\.strings)
        }
    }
}

extension Principal {
    /// The principal's parts, its kind first.
    fileprivate var sessionDocument: Document {
        switch self {
        case .root(let account): .strings(["root", account])
        case .user(let account, let path, let name, let id):
            .strings(["user", account, path, name, id])
        case .assumedRole(let account, let role, let roleID, let session):
            .strings(["role", account, role, roleID, session])
        case .federatedUser(let account, let name, let user):
            .strings(["federated", account, name] + (user.map { [$0] } ?? []))
        case .federated, .service, .anonymous: preconditionFailure("\(self) has no sessions")
        }
    }

    fileprivate init?(session document: Document) {
        let parts = document.strings
        switch (parts.first, parts.count) {
        case ("root", 2): self = .root(account: parts[1])
        case ("user", 5):
            self = .user(account: parts[1], path: parts[2], name: parts[3], id: parts[4])
        case ("role", 5):
            self = .assumedRole(
                account: parts[1], role: parts[2], roleID: parts[3], session: parts[4])
        case ("federated", 3), ("federated", 4):
            self = .federatedUser(
                account: parts[1], name: parts[2], user: parts.count == 4 ? parts[3] : nil)
        default: return nil
        }
    }
}

extension Document {
    fileprivate static func strings(_ strings: [String]) -> Document {
        .array(strings.map { .string($0) })
    }

    fileprivate var strings: [String] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap(\.stringValue)
    }
}
