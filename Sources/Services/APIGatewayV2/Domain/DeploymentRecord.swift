import Platform

/// A deployment: the API as it stood at a time.
struct DeploymentRecord: Sendable {
    let id: String
    let created: Instant
    /// Made by a stage that deploys every change.
    let isAutomatic: Bool
    var description: String?
}
