import Platform
import ServiceKit
import Wire

/// A user, group, role, managed policy and so on as the store keeps it: what all have in common, and the rest by name.
struct Entity: Sendable, Equatable {
    var account: String
    var reference: EntityReference
    /// Begins and ends with a slash.
    var path = "/"
    /// Four letters for the kind and 17 characters; never given again.
    var id = ""
    var created: Instant
    /// The ARN of the policy that bounds what a user or role may do.
    var boundary: String?
    var description: String?
    /// A role's trust policy, a provider's metadata, a certificate's text.
    var document: String?
    /// How many seconds a role's session may last; the number of a policy's default version.
    var number = 0
    /// What only this kind has.
    var details: [String: Document] = [:]

    var kind: EntityKind { reference.kind }
    var name: String { reference.name }

    /// The ARN.
    func arn(in partition: String) -> String {
        // Policies of AWS belong to an account of that name.
        "arn:\(partition):iam::\(account):\(kind.rawValue)\(path)\(name)"
    }

    /// A text of what only this kind has.
    func detail(_ name: String) -> String? { details[name]?.stringValue }
}
