import Wire

/// A route of an API.
struct RouteRecord: Sendable {
    let id: String
    var key: RouteKey
    /// `integrations/<id>`.
    var target: String?
    /// `NONE` or `AWS_IAM`.
    var authorizationType: String
    var operationName: String?
    /// Made by quick create.
    var isManaged: Bool

    /// The identifier of the integration that the route leads to.
    var integrationID: String? {
        target.map { String($0.dropFirst("integrations/".count)) }
    }
}

// MARK: - As a row keeps it

extension RouteRecord {
    /// Reads what `settings` gave.
    init(id: String, key: RouteKey, settings: Document) {
        self.id = id
        self.key = key
        target = settings["target"]?.stringValue
        authorizationType = settings["authorization"]?.stringValue ?? "NONE"
        operationName = settings["operation"]?.stringValue
        isManaged = settings["managed"]?.booleanValue ?? false
    }

    /// What a row keeps beside the keys.
    var settings: Document {
        var members: [String: Document] = [
            "authorization": .string(authorizationType), "managed": .boolean(isManaged),
        ]
        members["target"] = target.map { .string($0) }
        members["operation"] = operationName.map { .string($0) }
        return .object(members)
    }
}
