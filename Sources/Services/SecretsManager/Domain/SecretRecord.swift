import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// A secret as it is stored, without its values.
struct SecretRecord: Sendable {
    var account: String
    var region: String
    var name: String
    var arn: String
    var description: String?
    var kmsKeyID: String?
    var type: String?
    var created: Instant
    var changed: Instant
    var accessed: Instant?
    var rotated: Instant?
    /// When it is deleted for good; `nil` for a secret that stays.
    var deletion: Instant?
    var policy: String?
    var rotation = Rotation()
    /// The region that the secret is replicated from, or is the first one of; `nil` for one without replicas.
    var primaryRegion: String?

    /// How the secret is rotated.
    struct Rotation: Sendable, Equatable {
        var isEnabled = false
        var function: String?
        var days: Int?
        var schedule: String?
        var duration: String?
        var next: Instant?
        /// The version that a rotation under way makes.
        var pendingVersion: String?

        var rules: RotationRulesType? {
            guard days != nil || schedule != nil else { return nil }
            return RotationRulesType(
                automaticallyAfterDays: days, duration: duration, scheduleExpression: schedule)
        }
    }

    var isReplica: Bool { primaryRegion.map { $0 != region } ?? false }

    /// - Throws: `InvalidRequestException` where it is to be deleted.
    func requireAlive() throws {
        guard deletion == nil else { throw SecretFailure.isDeleted }
    }

    /// - Throws: `InvalidParameterException` where another region's secret is the one to change.
    func requirePrimary() throws {
        guard !isReplica else { throw SecretFailure.isReplica }
    }

    /// The same secret's ARN in another region.
    func arn(in region: String) -> String {
        guard var arn = ARN(arn) else { preconditionFailure("\(arn) is no ARN") }
        arn.region = region
        return arn.description
    }
}

extension SecretRecord {
    static let columns =
        "account, region, name, arn, description, kms_key, type, created, changed, accessed, "
        + "rotated, deletion, policy, rotation_enabled, rotation_function, rotation_days, "
        + "rotation_schedule, rotation_duration, rotation_next, rotation_pending, primary_region"

    init(_ row: Row) {
        self.init(
            account: row.string(0), region: row.string(1), name: row.string(2), arn: row.string(3),
            description: row.optionalString(4), kmsKeyID: row.optionalString(5),
            type: row.optionalString(6), created: row.instant(7), changed: row.instant(8),
            accessed: row.optionalInstant(9), rotated: row.optionalInstant(10),
            deletion: row.optionalInstant(11), policy: row.optionalString(12))
        rotation = Rotation(
            isEnabled: row.bool(13), function: row.optionalString(14), days: row.optionalInt(15),
            schedule: row.optionalString(16), duration: row.optionalString(17),
            next: row.optionalInstant(18), pendingVersion: row.optionalString(19))
        primaryRegion = row.optionalString(20)
    }

    var values: [SQLValue] {
        let values: [(any SQLConvertible)?] = [
            account, region, name, arn, description, kmsKeyID, type, created, changed, accessed,
            rotated, deletion, policy, rotation.isEnabled, rotation.function, rotation.days,
            rotation.schedule, rotation.duration, rotation.next, rotation.pendingVersion,
            primaryRegion,
        ]
        return values.map { SQLValue($0) }
    }
}

/// A version of a secret without its value.
struct VersionRecord: Sendable {
    var id: String
    /// Whether it has a value: that of a rotation that has just begun has none yet.
    var hasValue: Bool
    var created: Instant
    var accessed: Instant?
    var kmsKeyID: String?
    var stages: [String]
}
