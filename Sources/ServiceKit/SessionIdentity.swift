package import Platform

/// What temporary credentials say about their bearer beside who it is.
package struct SessionIdentity: Hashable, Sendable {
    /// Policies as JSON that narrow what the session may do.
    package var policies: [String] = []
    /// The ARNs of managed policies that narrow what the session may do.
    package var policyARNs: [String] = []
    /// The session's tags (`aws:PrincipalTag/…`); they count more than those of the role.
    package var tags: [String: String] = [:]
    /// The keys of the tags that go on to sessions which this one makes.
    package var transitiveTagKeys: [String] = []
    /// Who began the chain of sessions (`aws:SourceIdentity`).
    package var sourceIdentity: String?
    /// When the credentials were made (`aws:TokenIssueTime`).
    package var issued: Instant
    /// When a device showed that the bearer has it; `nil` where none did.
    package var multiFactorTime: Instant?
    /// The provider that vouched for the bearer (`aws:FederatedProvider`).
    package var federatedProvider: String?
    /// What the identity provider's token said, by condition key: `accounts.google.com:aud`.
    package var federatedClaims: [String: [String]] = [:]

    package init(issued: Instant) {
        self.issued = issued
    }
}
