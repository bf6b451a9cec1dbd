/// The quotas of IAM.
///
/// Source: "IAM and AWS STS quotas" in the IAM User Guide; what the API model states (lengths of names, 50 tags in a
/// request) is checked with the model.
enum IAMLimits {
    /// Roles in an account.
    static let rolesPerAccount = 1000
    /// Characters of a role's trust policy, white space not counted.
    static let trustPolicyCharacters = 2048
    /// Characters of all inline policies of a role together, white space not counted.
    static let inlinePolicyCharactersPerRole = 10_240
    /// Tags on a role.
    static let tagsPerRole = 50
    /// Items in an answer where the request does not say.
    static let defaultPageItems = 100
    /// Seconds that a session of a role may last where the role does not say.
    static let defaultSessionSeconds = 3600
}
