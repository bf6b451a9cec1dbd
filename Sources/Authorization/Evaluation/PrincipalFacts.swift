package import ServiceKit

/// The one who makes a request, as policies see him.
package struct PrincipalFacts: Sendable {
    package var principal: Principal
    /// The ARN of the role whose session it is, with its path.
    package var roleARN: String?
    /// The tags of the user or the role, and above them those of the session.
    package var tags: [String: String]
    /// What temporary credentials say.
    package var session: SessionIdentity?
    /// The identifier that access control lists of S3 have for the account.
    package var canonicalUserID: String?

    package init(
        _ principal: Principal, roleARN: String? = nil, tags: [String: String] = [:],
        session: SessionIdentity? = nil
    ) {
        self.principal = principal
        self.roleARN = roleARN
        self.tags = tags
        self.session = session
    }

    var account: String? { principal.account }
    var arn: String { principal.arn }
    var userID: String { principal.userID }

    /// The identifier of the role whose session it is: policies that named the role keep it when the role is made anew.
    var uniqueID: String? {
        guard case .assumedRole(_, _, let id, _) = principal else { return nil }
        return id
    }
}
