package import Platform

/// Everything about a request that policies can ask for.
package struct RequestFacts: Sendable {
    package var principal: PrincipalFacts
    /// The account that owns the resource.
    package var resourceAccount: String
    /// The values of condition keys by their names in lower case: those of the service, and what is to count in place of the
    /// global ones.
    package var keys: [String: [String]]
    /// The resource's tags (`aws:ResourceTag/…`), by their keys in lower case.
    package var resourceTags: [String: String] = [:]
    package var time: Instant?
    package var region: String?
    package var sourceIP: String?
    package var userAgent: String?
    package var isEncrypted: Bool?
    /// The resource for which a service calls, and its account.
    package var sourceARN: String?
    package var sourceAccount: String?
    /// The services that call for the principal.
    package var calledVia: [String] = []

    package init(
        principal: PrincipalFacts, resourceAccount: String, keys: [String: [String]] = [:]
    ) {
        self.principal = principal
        self.resourceAccount = resourceAccount
        self.keys = keys
    }

    /// The values of a condition key, whose name is in lower case; `nil` where the request does not have it.
    func values(of key: String) -> [String]? {
        if let given = keys[key] { return given.isEmpty ? nil : given }
        if let value = GlobalKeys.all[key] { return value(self) }
        guard let slash = key.firstIndex(of: "/") else { return nil }
        let (prefix, tag) = (key[..<slash], key[key.index(after: slash)...])
        if prefix == "aws:principaltag" { return principal.tags[String(tag)].map { [$0] } }
        // Services have the tags of their resources under their own names too: `ec2:ResourceTag/…`.
        if prefix.hasSuffix(":resourcetag") { return resourceTags[String(tag)].map { [$0] } }
        return nil
    }
}

/// A request as statements are compared with it.
struct EvaluatedRequest: Sendable {
    let action: ActionName
    let resource: [UInt8]
    let facts: RequestFacts

    init(action: String, resource: String, facts: RequestFacts) {
        self.action = ActionName(action)
        self.resource = Array(resource.utf8)
        self.facts = facts
    }
}
