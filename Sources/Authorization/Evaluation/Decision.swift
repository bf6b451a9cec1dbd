/// What the policies say about one action on one resource, and which of them said so.
package struct Decision: Sendable, Equatable {
    /// The outcome.
    package enum Outcome: String, Sendable {
        case allowed
        /// A statement denies it.
        case explicitlyDenied = "explicitDeny"
        /// Nothing allows it.
        case implicitlyDenied = "implicitDeny"
    }

    /// A kind of policy, in the words of AWS's messages.
    package enum PolicyKind: String, Sendable {
        case identity = "identity-based policy"
        case resource = "resource-based policy"
        case boundary = "permissions boundary"
        case session = "session policy"
        case serviceControl = "service control policy"
        case resourceControl = "resource control policy"
    }

    /// The statement that made a difference.
    package struct Match: Sendable, Equatable {
        package var kind: PolicyKind
        package var policy: String
        /// The statement's place in the policy, from 0.
        package var statement: Int
        package var sid: String?
    }

    package var outcome: Outcome
    /// The statement that denies, or the one that allows; `nil` where none does, and for the account's root.
    package var match: Match?
    /// The kind of policy that would have had to allow it.
    package var missing: PolicyKind?

    /// Whether the request passes.
    package var isAllowed: Bool { outcome == .allowed }

    static func allowed(_ match: Match?) -> Decision {
        Decision(outcome: .allowed, match: match)
    }

    static func denied(_ match: Match) -> Decision {
        Decision(outcome: .explicitlyDenied, match: match)
    }

    static func denied(missing kind: PolicyKind) -> Decision {
        Decision(outcome: .implicitlyDenied, missing: kind)
    }
}
