import ServiceKit
import Wire

/// The `Principal` or `NotPrincipal` of a statement.
///
/// Source: "AWS JSON policy elements: Principal" and "NotPrincipal".
struct PrincipalElement: Sendable {
    private var isEverybody = false
    private var accounts: Set<String> = []
    /// ARNs of users, roles and sessions, and unique identifiers.
    private var identities: Set<String> = []
    private var services: Set<String> = []
    private var providers: Set<String> = []
    private var canonicalUsers: Set<String> = []

    /// Names nobody.
    init() {}

    /// Reads `*` or an object of the kinds `AWS`, `Service`, `Federated` and `CanonicalUser`.
    ///
    /// - Throws: `PolicyError`.
    init(_ document: Document) throws(PolicyError) {
        if document == "*" {
            isEverybody = true
            return
        }
        guard case .object(let kinds) = document, !kinds.isEmpty else {
            throw PolicyError("Invalid principal in policy")
        }
        for (kind, value) in kinds {
            let texts = try value.policyTexts()
            switch kind {
            case "AWS": texts.forEach { add($0) }
            case "Service": services.formUnion(texts)
            case "Federated": providers.formUnion(texts)
            case "CanonicalUser": canonicalUsers.formUnion(texts)
            default: throw PolicyError("Invalid principal in policy: \"\(kind)\"")
            }
        }
    }

    private mutating func add(_ text: String) {
        if text == "*" {
            isEverybody = true
        } else if text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            accounts.insert(text)
        } else if let arn = ARN(text), arn.service == "iam", arn.resource == "root" {
            accounts.insert(arn.account)
        } else {
            identities.insert(text)
        }
    }

    /// How the statement names the one who asks; `nil` where it does not.
    func match(_ caller: PrincipalFacts) -> PrincipalMatch? {
        switch caller.principal {
        case .service(let name):
            if services.contains(name) { return .itself }
        case .federated(let provider):
            if providers.contains(provider) || providers.contains("*") { return .itself }
            // Everybody is every principal of AWS; a token's bearer is none yet.
            return nil
        case .anonymous: break
        case .root, .user, .assumedRole, .federatedUser:
            if identities.contains(caller.arn) || identities.contains(caller.userID) {
                return .itself
            }
            if let role = caller.roleARN, identities.contains(role) { return .role }
            if let id = caller.uniqueID, identities.contains(id) { return .role }
            if let id = caller.canonicalUserID, canonicalUsers.contains(id) { return .account }
        }
        if isEverybody { return .everybody }
        guard let account = caller.account, accounts.contains(account) else { return nil }
        return .account
    }

    /// Whether somebody is excepted by this as a `NotPrincipal` of a denial: by all the names that he has.
    func excepts(_ caller: PrincipalFacts) -> Bool {
        if isEverybody { return true }
        switch caller.principal {
        case .service(let name): return services.contains(name)
        case .federated(let provider): return providers.contains(provider)
        case .anonymous: return false
        case .root: return caller.account.map(accounts.contains) ?? false
        case .user, .assumedRole, .federatedUser:
            guard let account = caller.account, accounts.contains(account),
                identities.contains(caller.arn)
            else { return false }
            return caller.roleARN.map(identities.contains) ?? true
        }
    }
}

/// How a statement names the one who asks; the later cases say more.
enum PrincipalMatch: Int, Sendable, Comparable {
    /// By the account, which leaves it to the account who of it may.
    case account
    /// With everybody.
    case everybody
    /// By the role whose session it is.
    case role
    /// By the user, the session, the service or the provider.
    case itself

    static func < (left: PrincipalMatch, right: PrincipalMatch) -> Bool {
        left.rawValue < right.rawValue
    }
}
