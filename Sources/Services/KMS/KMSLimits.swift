import Platform

/// The quotas of KMS.
///
/// Source: "Quotas" in the KMS Developer Guide and the API Reference of each operation; what the API model states is
/// checked with the model.
enum KMSLimits {
    /// Aliases of a key.
    static let aliasesPerKey = 50
    /// Grants of a key.
    static let grantsPerKey = 50_000
    /// Tags of a key.
    static let tagsPerKey = 50
    /// Rotations of a key on demand, in its life.
    static let onDemandRotations = 25
    /// Bytes of a key policy.
    static let policyBytes = 32_768
    /// Bytes of an encryption context's keys and values together.
    static let encryptionContextBytes = 8192
    /// Days until a key is deleted.
    static let pendingDays = 7...30
    static let defaultPendingDays = 30
    /// Days between rotations, where the request does not say.
    static let defaultRotationDays = 365
    /// How long an import token and its public key serve.
    static let importTokenLife = Duration.seconds(24 * 3600)
    /// Entries of a page, where the request does not say: of `ListKeys`, `ListKeyRotations` and `ListKeyPolicies`, and of
    /// the others.
    static let keyPage = 100
    static let otherPage = 50
    /// Entries of a page of grants, aliases, tags and retirable grants at most.
    static let largestOtherPage = 100
    /// How many keys are made at a time: to make one of RSA takes a second of a processor.
    static let keyMakers = 2
}
