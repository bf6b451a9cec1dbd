import IAMModel
import ServiceKit
import Wire

/// Something that IAM keeps, by its kind and its name.
struct EntityReference: Hashable, Sendable {
    let kind: EntityKind
    let name: String
    /// What the request calls it: an ARN, where requests name such things by it.
    var spelled: String

    init(_ kind: EntityKind, _ name: String, spelled: String? = nil) {
        self.kind = kind
        self.name = name
        self.spelled = spelled ?? name
    }

    static func user(_ name: String) -> EntityReference { EntityReference(.user, name) }
    static func group(_ name: String) -> EntityReference { EntityReference(.group, name) }
    static func role(_ name: String) -> EntityReference { EntityReference(.role, name) }
    static func instanceProfile(_ name: String) -> EntityReference {
        EntityReference(.instanceProfile, name)
    }

    /// A managed policy by its ARN.
    ///
    /// - Throws: `InvalidInput`.
    static func policy(_ arn: String) throws -> EntityReference {
        EntityReference(.policy, try PolicyARN.required(arn).name, spelled: arn)
    }

    /// A virtual device by its serial number, which is its ARN.
    ///
    /// - Throws: `NoSuchEntity` for what is none.
    init(serialNumber: String) throws {
        let name = Self.name(in: serialNumber, after: "mfa/")?.split(separator: "/").last
        guard let name else { throw EntityKind.mfaDevice.missing(serialNumber) }
        self.init(.mfaDevice, String(name), spelled: serialNumber)
    }

    /// An OpenID Connect provider by its ARN.
    ///
    /// - Throws: `InvalidInput`.
    init(openIDProvider arn: String) throws {
        guard let name = Self.name(in: arn, after: "oidc-provider/") else {
            throw IAMError.invalidInputException("Invalid ARN: \(arn)")
        }
        self.init(.openIDProvider, name, spelled: arn)
    }

    /// A SAML provider by its ARN.
    ///
    /// - Throws: `InvalidInput`.
    init(samlProvider arn: String) throws {
        guard let name = Self.name(in: arn, after: "saml-provider/") else {
            throw IAMError.invalidInputException("Invalid ARN: \(arn)")
        }
        self.init(.samlProvider, name, spelled: arn)
    }

    /// A user, group or role by its ARN.
    ///
    /// - Throws: `InvalidInput`.
    init(identity arn: String) throws {
        for kind in [EntityKind.user, .group, .role] {
            let rest = Self.name(in: arn, after: "\(kind.rawValue)/")
            if let name = rest?.split(separator: "/").last {
                self.init(kind, String(name))
                return
            }
        }
        throw IAMError.invalidInputException("Invalid Entity Arn: \(arn)")
    }

    private static func name(in arn: String, after prefix: String) -> String? {
        guard let arn = ARN(arn), arn.service == "iam", arn.resource.hasPrefix(prefix),
            arn.resource.utf8.count > prefix.utf8.count
        else { return nil }
        return String(arn.resource.dropFirst(prefix.count))
    }

    /// The key of what the store keeps: names differ by more than their case.
    var foldedName: String { name.lowercased() }

    static func == (left: EntityReference, right: EntityReference) -> Bool {
        left.kind == right.kind && left.name == right.name
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(name)
    }
}
