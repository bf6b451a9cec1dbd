import IAMModel
import Wire

/// The quotas of IAM.
///
/// Source: "IAM and AWS STS quotas" in the IAM User Guide; what the API model states (lengths of names, 50 tags in a
/// request) is checked with the model.
enum IAMLimits {
    static let usersPerAccount = 5000
    static let groupsPerAccount = 300
    static let rolesPerAccount = 1000
    static let policiesPerAccount = 1500
    static let instanceProfilesPerAccount = 1000
    static let openIDProvidersPerAccount = 100
    static let samlProvidersPerAccount = 100
    static let serverCertificatesPerAccount = 20
    static let groupsPerUser = 10
    static let accessKeysPerUser = 2
    static let mfaDevicesPerUser = 8
    static let certificatesPerUser = 2
    static let sshKeysPerUser = 5
    /// Managed policies on a user, group or role.
    static let attachmentsPerEntity = 10
    /// Versions of a managed policy.
    static let versionsPerPolicy = 5
    /// Client identifiers of an OpenID Connect provider.
    static let clientsPerProvider = 100
    /// Thumbprints of an OpenID Connect provider.
    static let thumbprintsPerProvider = 5
    /// Characters of a managed policy, white space not counted.
    static let managedPolicyCharacters = 6144
    /// Characters of a role's trust policy, white space not counted.
    static let trustPolicyCharacters = 2048
    /// Tags on anything that has some.
    static let tagsPerEntity = 50
    /// Items in an answer where the request does not say.
    static let defaultPageItems = 100
    /// Seconds that a session of a role may last where the role does not say.
    static let defaultSessionSeconds = 3600
    /// Seconds after which a credential report is made anew.
    static let credentialReportSeconds = 4 * 3600

    /// Characters of all inline policies of an entity together, white space not counted.
    static func inlinePolicyCharacters(of kind: EntityKind) -> Int {
        switch kind {
        case .user: 2048
        case .group: 5120
        default: 10_240
        }
    }

    /// The error where a quota does not allow more.
    static func exceeded(_ quota: String, _ limit: Int) -> AWSError {
        IAMError.limitExceededException("Cannot exceed quota for \(quota): \(limit)")
    }
}
