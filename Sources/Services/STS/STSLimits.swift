/// The quotas of STS.
///
/// Source: "IAM and AWS STS quotas" in the IAM User Guide, and the API Reference of each operation; what the API model
/// states is checked with the model.
enum STSLimits {
    /// Seconds that a role's session lasts where the request does not say.
    static let defaultRoleSessionSeconds = 3600
    /// Seconds that a session may last whose caller is itself a role's session.
    static let chainedSessionSeconds = 3600
    /// Seconds that a session of `GetSessionToken` lasts where the request does not say.
    static let defaultSessionSeconds = 43_200
    /// Seconds that a session of the account's root may last.
    static let rootSessionSeconds = 3600
    /// Characters of a session policy.
    static let sessionPolicyCharacters = 2048
    /// Managed policies of a session.
    static let sessionPolicyARNs = 10
    /// Bytes of the policies and tags of a session together. AWS packs them in a way of its own and tells only
    /// percentages; Apus counts their UTF-8 bytes, so that session tokens stay well below what fits into a header.
    static let packedBytes = 4096
}
