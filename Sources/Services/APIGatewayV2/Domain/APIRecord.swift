import Platform
import Wire

/// An API.
struct APIRecord: Sendable {
    let id: String
    let scope: APIScope
    let created: Instant
    var name: String
    var description: String?
    var version: String?
    var routeSelectionExpression: String
    var apiKeySelectionExpression: String
    var ipAddressType: String
    /// Whether the API answers nobody at its own host name.
    var isEndpointDisabled: Bool
    var cors: CORSPolicy?
    var tags: [String: String]
    /// Grows with every change to what is served.
    var servingVersion: Int

    /// Makes a record with AWS's defaults.
    init(id: String, scope: APIScope, created: Instant, name: String) {
        self.id = id
        self.scope = scope
        self.created = created
        self.name = name
        self.routeSelectionExpression = "$request.method $request.path"
        self.apiKeySelectionExpression = "$request.header.x-api-key"
        self.ipAddressType = "ipv4"
        self.isEndpointDisabled = false
        self.tags = [:]
        self.servingVersion = 0
    }
}

// MARK: - As a row keeps it

extension APIRecord {
    /// Reads what `settings` gave.
    init(
        id: String, scope: APIScope, created: Instant, servingVersion: Int, settings: Document
    ) {
        self.init(
            id: id, scope: scope, created: created, name: settings["name"]?.stringValue ?? "")
        self.servingVersion = servingVersion
        description = settings["description"]?.stringValue
        version = settings["version"]?.stringValue
        routeSelectionExpression =
            settings["routeSelection"]?.stringValue ?? routeSelectionExpression
        apiKeySelectionExpression =
            settings["apiKeySelection"]?.stringValue ?? apiKeySelectionExpression
        ipAddressType = settings["ipAddressType"]?.stringValue ?? ipAddressType
        isEndpointDisabled = settings["endpointDisabled"]?.booleanValue ?? false
        cors = settings["cors"].map { CORSPolicy($0) }
        tags = settings["tags"]?.stringMembers ?? [:]
    }

    /// What a row keeps beside the keys.
    var settings: Document {
        var members: [String: Document] = [
            "name": .string(name), "routeSelection": .string(routeSelectionExpression),
            "apiKeySelection": .string(apiKeySelectionExpression),
            "ipAddressType": .string(ipAddressType),
            "endpointDisabled": .boolean(isEndpointDisabled), "tags": Document(tags),
        ]
        members["description"] = description.map { .string($0) }
        members["version"] = version.map { .string($0) }
        members["cors"] = cors?.document
        return .object(members)
    }
}
