import Platform
import Wire

/// A stage of an API.
struct StageRecord: Sendable {
    let name: String
    let created: Instant
    var updated: Instant
    /// What the stage serves; `nil` where nothing was deployed.
    var deploymentID: String?
    /// Whether every change of the API is deployed at once.
    var isAutomatic: Bool
    var description: String?
    var variables: [String: String] = [:]
    var tags: [String: String] = [:]
    /// How the last automatic deployment went.
    var deploymentMessage: String?
    /// Made by quick create.
    var isManaged = false

    /// Checks the name of a new stage.
    ///
    /// - Throws: `BadRequestException`.
    static func check(name: String) throws {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard name == "$default" || (1...128).contains(name.utf8.count) && isPlain else {
            throw APIRefusal.badRequest(
                "Stage name only allows a-zA-Z0-9_- or \"$default\" and at most 128 characters")
        }
    }

    /// Checks the variables of a stage.
    ///
    /// - Throws: `BadRequestException`.
    static func check(variables: [String: String]) throws {
        let allowed = "-._~:/?#&=,".utf8
        for (name, value) in variables {
            let isName =
                !name.isEmpty && name.utf8.count <= 64
                && name.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
            let isValue =
                value.utf8.count <= 512
                && value.utf8.allSatisfy { $0.isAlphanumeric || allowed.contains($0) }
            guard isName, isValue else {
                throw APIRefusal.badRequest("Invalid stage variable '\(name)'")
            }
        }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

// MARK: - As a row keeps it

extension StageRecord {
    /// Reads what `settings` gave.
    init(
        name: String, created: Instant, updated: Instant, deploymentID: String?, isAutomatic: Bool,
        settings: Document
    ) {
        self.init(
            name: name, created: created, updated: updated, deploymentID: deploymentID,
            isAutomatic: isAutomatic)
        description = settings["description"]?.stringValue
        variables = settings["variables"]?.stringMembers ?? [:]
        tags = settings["tags"]?.stringMembers ?? [:]
        deploymentMessage = settings["message"]?.stringValue
        isManaged = settings["managed"]?.booleanValue ?? false
    }

    /// What a row keeps beside the keys.
    var settings: Document {
        var members: [String: Document] = [
            "variables": Document(variables), "tags": Document(tags),
            "managed": .boolean(isManaged),
        ]
        members["description"] = description.map { .string($0) }
        members["message"] = deploymentMessage.map { .string($0) }
        return .object(members)
    }
}
