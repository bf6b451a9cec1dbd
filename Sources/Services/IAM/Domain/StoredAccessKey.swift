import Platform

/// An access key as the store keeps it.
struct StoredAccessKey: Sendable, Equatable {
    static let active = "Active"
    static let deleted = "Deleted"

    var id: String
    var account: String
    /// The user's name; empty for the account's root.
    var user: String
    /// The secret under the root key.
    var sealedSecret: [UInt8]
    /// `Active`, `Inactive` or `Deleted`.
    var status: String
    var created: Instant
    var lastUse: KeyUse?
}

/// When and for what a key was used last.
struct KeyUse: Sendable, Equatable {
    var time: Instant
    var service: String
    var region: String
}
