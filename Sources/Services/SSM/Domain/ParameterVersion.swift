import Platform
import SSMModel
import ServiceKit
import Storage
import Wire

/// A version of a parameter as it is stored.
struct ParameterVersion: Sendable {
    var place: ParameterPlace
    /// The name as it was first put.
    var name: String
    var version: Int
    /// `String`, `StringList` or `SecureString`.
    var type: String
    /// `Standard` or `Advanced`.
    var tier: String
    var dataType: String
    /// The value's UTF-8 bytes, encrypted where the type is `SecureString`.
    var value: [UInt8]
    var keyID: String?
    var description: String?
    var allowedPattern: String?
    var policies: String?
    var modified: Instant
    /// The ARN of whom put it.
    var modifiedBy: String

    var isSecure: Bool { type == "SecureString" }

    /// The value as it is answered without decryption.
    var plainText: String {
        isSecure ? Base64.encode(value) : String(decoding: value, as: UTF8.self)
    }

    func answer(_ value: String, selector: String?, partition: String) -> Parameter {
        Parameter(
            name: name, type: type, value: value, version: version, selector: selector,
            lastModifiedDate: modified, arn: place.arn(partition: partition), dataType: dataType)
    }

    func metadata(partition: String) -> ParameterMetadata {
        ParameterMetadata(
            name: name, arn: place.arn(partition: partition), type: type, keyId: keyID,
            lastModifiedDate: modified, lastModifiedUser: modifiedBy, description: description,
            allowedPattern: allowedPattern, version: version, tier: tier,
            policies: ParameterPolicy.answer(policies), dataType: dataType)
    }

    func history(_ value: String, labels: [String]) -> ParameterHistory {
        ParameterHistory(
            name: name, type: type, keyId: keyID, lastModifiedDate: modified,
            lastModifiedUser: modifiedBy, description: description, value: value,
            allowedPattern: allowedPattern, version: version, labels: labels, tier: tier,
            policies: ParameterPolicy.answer(policies), dataType: dataType)
    }
}

extension ParameterVersion {
    static let columns =
        "v.account, v.region, v.path, p.name, v.version, v.type, v.tier, v.data_type, v.value, "
        + "v.key_id, v.description, v.allowed_pattern, v.policies, v.modified, v.modified_by"

    init(_ row: Row) {
        self.init(
            place: ParameterPlace(
                account: row.string(0), region: row.string(1), path: row.string(2)),
            name: row.string(3), version: row.int(4), type: row.string(5), tier: row.string(6),
            dataType: row.string(7), value: row.bytes(8), keyID: row.optionalString(9),
            description: row.optionalString(10), allowedPattern: row.optionalString(11),
            policies: row.optionalString(12), modified: row.instant(13),
            modifiedBy: row.string(14))
    }
}
