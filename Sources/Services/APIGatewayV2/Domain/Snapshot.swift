import Wire

/// What a deployment holds: the routes with where they lead, and who may use them from other origins.
struct Snapshot: Sendable {
    let routes: [DeployedRoute]
    let cors: CORSPolicy?

    /// The API as it stands.
    init(_ api: APIRecord, routes: [RouteRecord], integrations: [IntegrationRecord]) {
        let targets = Dictionary(
            integrations.map { ($0.id, $0.settings) }, uniquingKeysWith: { first, _ in first })
        self.cors = api.cors
        self.routes = routes.map { route in
            DeployedRoute(
                key: route.key, isSigned: route.authorizationType == "AWS_IAM",
                integration: route.integrationID.flatMap { targets[$0] })
        }
    }
}

// MARK: - As a row keeps it

extension Snapshot {
    /// Reads what `document` gave.
    init(_ document: Document) {
        cors = document["cors"].map { CORSPolicy($0) }
        guard case .array(let elements)? = document["routes"] else {
            routes = []
            return
        }
        routes = elements.compactMap { element in
            guard let text = element["key"]?.stringValue, let key = try? RouteKey(text) else {
                return nil
            }
            return DeployedRoute(
                key: key, isSigned: element["signed"]?.booleanValue ?? false,
                integration: element["integration"].map { IntegrationSettings($0) })
        }
    }

    /// The snapshot as a row keeps it.
    var document: Document {
        var members: [String: Document] = [
            "routes": .array(
                routes.map { route in
                    var members: [String: Document] = [
                        "key": .string(route.key.text), "signed": .boolean(route.isSigned),
                    ]
                    members["integration"] = route.integration?.document
                    return .object(members)
                })
        ]
        members["cors"] = cors?.document
        return .object(members)
    }
}
