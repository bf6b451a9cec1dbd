import Platform
import ServiceKit
import Wire

/// The form in which a session stands in its token. Names are short, since tokens travel with every request.
extension Session {
    /// The session as JSON.
    var document: Document {
        var members: [String: Document] = [
            "key": .string(accessKeyID), "secret": .string(secretAccessKey),
            "who": principal.sessionDocument, "until": .integer(expiration.milliseconds),
        ]
        let given = restrictions
        if !given.policies.isEmpty { members["policies"] = .strings(given.policies) }
        if !given.policyARNs.isEmpty { members["arns"] = .strings(given.policyARNs) }
        if !given.tags.isEmpty { members["tags"] = .object(given.tags.mapValues { .string($0) }) }
        if !given.transitiveTagKeys.isEmpty {
            members["transitive"] = .strings(given.transitiveTagKeys)
        }
        members["source"] = given.sourceIdentity.map { .string($0) }
        return .object(members)
    }

    /// Reads what `document` wrote; `nil` for anything else.
    init?(_ document: Document) {
        guard let accessKeyID = document["key"]?.stringValue,
            let secret = document["secret"]?.stringValue,
            let principal = document["who"].flatMap(Principal.init(session:)),
            let until = document["until"]?.integerValue
        else { return nil }
        self.init(
            accessKeyID: accessKeyID, secretAccessKey: secret, principal: principal,
            expiration: Instant(milliseconds: until))
        restrictions.policies = document["policies"]?.strings ?? []
        restrictions.policyARNs = document["arns"]?.strings ?? []
        if case .object(let tags)? = document["tags"] {
            restrictions.tags = tags.compactMapValues(\.stringValue)
        }
        restrictions.transitiveTagKeys = document["transitive"]?.strings ?? []
        restrictions.sourceIdentity = document["source"]?.stringValue
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
        case .service, .anonymous: preconditionFailure("\(self) has no sessions")
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
