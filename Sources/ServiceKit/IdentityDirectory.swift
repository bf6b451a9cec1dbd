/// Knows the users and roles of all accounts: what IAM is to the authorizer.
package protocol IdentityDirectory: Sendable {
    /// What belongs to a user, or to the role of a session; `nil` where there is none of that name.
    func identity(of principal: Principal) async throws -> IdentityRecord?

    /// The text of a managed policy; `nil` where there is none with that ARN.
    func managedPolicy(_ arn: String) async throws -> PolicyRecord?

    /// A number that changes whenever something of this changes in this process.
    var revision: Int { get }
}

/// A policy's text and the name under which decisions tell of it.
package struct PolicyRecord: Sendable, Equatable {
    /// The ARN of a managed policy, the name of an inline one.
    package var name: String
    package var document: String

    package init(name: String, document: String) {
        self.name = name
        self.document = document
    }
}

/// What belongs to a user or a role.
package struct IdentityRecord: Sendable, Equatable {
    /// The ARN of the user or the role, with its path.
    package var arn: String
    /// The policies that it has, those of its groups among them.
    package var policies: [PolicyRecord]
    /// The ARN of the managed policy that bounds it.
    package var boundary: String?
    package var tags: [String: String]

    package init(
        arn: String, policies: [PolicyRecord] = [], boundary: String? = nil,
        tags: [String: String] = [:]
    ) {
        self.arn = arn
        self.policies = policies
        self.boundary = boundary
        self.tags = tags
    }
}
