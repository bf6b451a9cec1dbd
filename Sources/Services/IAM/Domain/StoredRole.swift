import Platform
import ServiceKit

/// A role as the store keeps it.
struct StoredRole: Sendable, Equatable {
    var account: String
    var name: String
    /// Begins and ends with a slash.
    var path: String
    /// `AROA` and 17 characters; never given to another role.
    var id: String
    /// Who may assume the role, as JSON.
    var trustPolicy: String
    var description: String?
    /// How long a session may last, in seconds.
    var maxSessionSeconds: Int
    /// The ARN of the policy that bounds what the role may do.
    var permissionsBoundary: String?
    var created: Instant

    /// The role's ARN.
    func arn(in partition: String) -> String {
        ARN(
            partition: partition, service: "iam", region: "", account: account,
            resource: "role\(path)\(name)"
        ).description
    }
}
