import Platform
import ServiceKit
import Storage

/// A key as it is stored, without its material.
struct KeyRecord: Sendable {
    enum State: String, Sendable {
        case enabled = "Enabled"
        case disabled = "Disabled"
        case pendingDeletion = "PendingDeletion"
        case pendingImport = "PendingImport"
        case pendingReplicaDeletion = "PendingReplicaDeletion"

        /// Whether the key is on its way to be deleted.
        var isDying: Bool { self == .pendingDeletion || self == .pendingReplicaDeletion }
    }

    enum Origin: String, Sendable {
        case kms = "AWS_KMS"
        case external = "EXTERNAL"
    }

    var account: String
    var region: String
    var id: String
    var spec: KeySpec
    var usage: KeyUsage
    var origin: Origin
    /// Whether Apus made the key for one of its services: `alias/aws/ssm`.
    var isManaged = false
    var description: String
    var state: State
    var created: Instant
    var deletion: Instant?
    var pendingDays: Int?
    /// The region of the primary key, for a key of several regions.
    var primaryRegion: String?
    var policy: String
    var rotationDays: Int?
    var nextRotation: Instant?
    /// The material that encrypts and signs; `nil` until some was imported.
    var materialID: String?

    var isMultiRegion: Bool { primaryRegion != nil }
    var isPrimary: Bool { primaryRegion == region }

    func arn(partition: String = "aws") -> String {
        ARN(
            partition: partition, service: "kms", region: region, account: account,
            resource: "key/\(id)"
        ).description
    }

    /// Where the key's rows are.
    var place: KeyPlace { KeyPlace(account: account, region: region, id: id) }
}

/// What names a key: several regions may have a key of the same identifier.
struct KeyPlace: Hashable, Sendable {
    var account: String
    var region: String
    var id: String

    /// The name under which jobs about the key are found, and to which its material is bound.
    var text: String { "\(account)/\(region)/\(id)" }

    init(account: String, region: String, id: String) {
        self.account = account
        self.region = region
        self.id = id
    }

    /// Reads what `text` wrote.
    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 3 else { return nil }
        self.init(account: String(parts[0]), region: String(parts[1]), id: String(parts[2]))
    }

    /// The same key in another region.
    func inRegion(_ region: String) -> KeyPlace {
        KeyPlace(account: account, region: region, id: id)
    }
}
