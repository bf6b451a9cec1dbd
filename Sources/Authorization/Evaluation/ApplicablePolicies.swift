package import ServiceKit

/// A policy with the name that decisions give it.
package struct NamedPolicy: Sendable {
    /// The ARN of a managed policy, the name of an inline one, the resource of its own.
    package var name: String
    package var policy: Policy

    package init(_ name: String, _ policy: Policy) {
        self.name = name
        self.policy = policy
    }
}

/// The policies that a request is decided by.
package struct ApplicablePolicies: Sendable {
    /// The policies of the caller and the caller's groups.
    package var identity: [NamedPolicy] = []
    /// What bounds the caller's permissions; `nil` where nothing does. An empty list allows nothing.
    package var boundary: [NamedPolicy]?
    /// What narrows the caller's session; `nil` where nothing does.
    package var session: [NamedPolicy]?
    /// The organization's policies for the caller's account, a list for each level above it.
    package var serviceControl: [[NamedPolicy]] = []
    /// The organization's policies for the resource's account, a list for each level above it.
    package var resourceControl: [[NamedPolicy]] = []
    /// The resource's own policy.
    package var resource: NamedPolicy?
    package var resourceRole = ResourcePolicyRole.adds
    /// Whether such resources have policies at all.
    package var canHaveResourcePolicy = false
    /// Whether something else than a policy allows it: a grant, an access control list.
    package var isGranted = false

    package init() {}
}
