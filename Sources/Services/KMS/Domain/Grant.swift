import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// A grant: what somebody may do with a key beside what its policy says.
struct Grant: Sendable, Equatable {
    var id: String
    var token: String
    var name: String?
    var grantee: String
    var retiring: String?
    /// The ARN of whom made it.
    var issuer: String
    var operations: [String]
    var contextEquals: [String: String]?
    var contextSubset: [String: String]?
    var created: Instant

    /// Whether another grant gives the same: a grant with a name is made once.
    func gives(theSameAs other: Grant) -> Bool {
        name == other.name && grantee == other.grantee && retiring == other.retiring
            && operations == other.operations && contextEquals == other.contextEquals
            && contextSubset == other.contextSubset
    }

    /// The grant as a list answers it.
    func entry(of key: KeyRecord) -> GrantListEntry {
        let hasConstraints = contextEquals != nil || contextSubset != nil
        return GrantListEntry(
            keyId: key.arn(), grantId: id, name: name ?? "", creationDate: created,
            granteePrincipal: grantee, retiringPrincipal: retiring, issuingAccount: issuer,
            operations: operations,
            constraints: hasConstraints
                ? GrantConstraints(
                    encryptionContextSubset: contextSubset, encryptionContextEquals: contextEquals)
                : nil)
    }

    // MARK: - What it allows

    /// Whether it lets `principal` do `operation` with this encryption context.
    func allows(
        _ operation: String, to principal: Principal, encryptionContext: [String: String]
    ) -> Bool {
        if operation == "RetireGrant", retiring.map(principal.isNamed) == true { return true }
        guard operations.contains(operation), principal.isNamed(by: grantee) else { return false }
        if let contextEquals, contextEquals != encryptionContext { return false }
        return (contextSubset ?? [:]).allSatisfy { encryptionContext[$0.key] == $0.value }
    }
}

extension Principal {
    /// Whether a grant that names `name` means this principal: itself, its role, or its service.
    fileprivate func isNamed(by name: String) -> Bool {
        if name == arn { return true }
        guard case .assumedRole(let account, let role, _, _) = self, let other = ARN(name) else {
            return false
        }
        let parts = other.resource.split(separator: "/")
        return other.service == "iam" && other.account == account && parts.first == "role"
            && parts.last.map(String.init) == role
    }
}

extension Grant {
    static let columns =
        "id, token, name, grantee, retiring, issuer, operations, context_equals, context_subset, "
        + "created"

    init(_ row: Row) {
        self.init(
            id: row.string(0), token: row.string(1), name: row.optionalString(2),
            grantee: row.string(3), retiring: row.optionalString(4), issuer: row.string(5),
            operations: row.string(6).split(separator: ",").map { String($0) },
            contextEquals: Self.pairs(row.optionalString(7)),
            contextSubset: Self.pairs(row.optionalString(8)), created: row.instant(9))
    }

    /// The text that keeps an encryption context.
    static func text(_ pairs: [String: String]?) -> String? {
        pairs.map { Document.object($0.mapValues { .string($0) }).jsonText }
    }

    private static func pairs(_ text: String?) -> [String: String]? {
        guard let text, case .object(let members)? = try? Document(json: text) else { return nil }
        return members.compactMapValues(\.stringValue)
    }
}
