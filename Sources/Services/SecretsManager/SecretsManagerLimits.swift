import Platform

/// The quotas of Secrets Manager.
///
/// Source: "AWS Secrets Manager quotas" in the Secrets Manager User Guide, and the API Reference of each operation; what the
/// API model states is checked with the model.
enum SecretsManagerLimits {
    /// Versions of a secret that are kept; of more, those without a stage go, the oldest first.
    static let versions = 100
    /// Stages of a version.
    static let stages = 20
    static let tags = 50
    /// Bytes of a value.
    static let valueBytes = 65_536
    /// Days until a secret is deleted.
    static let recoveryDays = 7...30
    static let defaultRecoveryDays = 30
    /// Days between rotations.
    static let rotationDays = 1...1000
    /// Hours between rotations at least.
    static let leastRotationHours = 4
    static let passwordLength = 32
    /// Entries of a page where the request does not say.
    static let listPage = 100
    static let batchPage = 20
    /// How many secrets are read at a time while a filter looks for a page of them.
    static let filteredAtOnce = 200
    /// How often a step of a rotation is tried before it waits for the next one.
    static let rotationAttempts = 5
    /// How far ahead a schedule is looked through for its next time.
    static let scheduleHorizonDays = 1500
}
