import APIGatewayV2Model
import Storage
import Wire

extension WriteTransaction {
    /// Makes an API, or keeps the changes to it, and counts the change.
    func save(_ api: APIRecord) throws {
        try execute(
            "INSERT INTO apis (id, account, region, created, serving_version, settings) "
                + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                + "serving_version = excluded.serving_version, settings = excluded.settings",
            api.id, api.scope.account, api.scope.region, api.created, api.servingVersion + 1,
            api.settings.jsonText)
    }

    /// Deletes an API with all that it has.
    func delete(_ api: APIRecord) throws {
        for table in ["routes", "integrations", "stages", "deployments"] {
            try execute("DELETE FROM \(table) WHERE api_id = ?", api.id)
        }
        try execute("DELETE FROM apis WHERE id = ?", api.id)
    }

    /// Makes a route, or keeps the changes to it.
    ///
    /// - Throws: `ConflictException` where another route has its key.
    func save(_ route: RouteRecord, of api: APIRecord) throws {
        let other = try first(
            "SELECT id FROM routes WHERE api_id = ? AND route_key = ? AND id <> ?", api.id,
            route.key.text, route.id)
        guard other == nil else {
            throw APIGatewayV2Error.conflictException(
                "Route with key \(route.key.text) already exists for this API")
        }
        try execute(
            "INSERT INTO routes (api_id, id, route_key, settings) VALUES (?, ?, ?, ?) "
                + "ON CONFLICT (api_id, id) DO UPDATE SET route_key = excluded.route_key, "
                + "settings = excluded.settings",
            api.id, route.id, route.key.text, route.settings.jsonText)
    }

    func delete(_ route: RouteRecord, of api: APIRecord) throws {
        try execute("DELETE FROM routes WHERE api_id = ? AND id = ?", api.id, route.id)
    }

    /// Makes an integration, or keeps the changes to it.
    func save(_ integration: IntegrationRecord, of api: APIRecord) throws {
        try execute(
            "INSERT INTO integrations (api_id, id, settings) VALUES (?, ?, ?) "
                + "ON CONFLICT (api_id, id) DO UPDATE SET settings = excluded.settings",
            api.id, integration.id, integration.settings.document.jsonText)
    }

    /// - Throws: `ConflictException` where a route leads there.
    func delete(_ integration: IntegrationRecord, of api: APIRecord) throws {
        guard try !routes(of: api).contains(where: { $0.integrationID == integration.id }) else {
            throw APIGatewayV2Error.conflictException(
                "Cannot delete Integration '\(integration.id)', it is referenced by a Route")
        }
        try execute("DELETE FROM integrations WHERE api_id = ? AND id = ?", api.id, integration.id)
    }

    /// Makes a stage, or keeps the changes to it.
    func save(_ stage: StageRecord, of api: APIRecord) throws {
        try execute(
            "INSERT INTO stages (api_id, name, created, updated, deployment_id, is_automatic, "
                + "settings) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (api_id, name) DO UPDATE SET "
                + "updated = excluded.updated, deployment_id = excluded.deployment_id, "
                + "is_automatic = excluded.is_automatic, settings = excluded.settings",
            api.id, stage.name, stage.created, stage.updated, stage.deploymentID,
            stage.isAutomatic, stage.settings.jsonText)
    }

    func delete(_ stage: StageRecord, of api: APIRecord) throws {
        try execute("DELETE FROM stages WHERE api_id = ? AND name = ?", api.id, stage.name)
    }

    /// Makes a deployment of the API as it stands.
    func save(_ deployment: DeploymentRecord, _ snapshot: Snapshot, of api: APIRecord) throws {
        try execute(
            "INSERT INTO deployments (api_id, id, created, is_automatic, description, snapshot) "
                + "VALUES (?, ?, ?, ?, ?, ?)",
            api.id, deployment.id, deployment.created, deployment.isAutomatic,
            deployment.description, snapshot.document.jsonText)
    }

    /// - Throws: `BadRequestException` where a stage serves it.
    func delete(_ deployment: DeploymentRecord, of api: APIRecord) throws {
        guard try !stages(of: api).contains(where: { $0.deploymentID == deployment.id }) else {
            throw APIRefusal.badRequest(
                "Active stages pointing to this deployment must be moved or deleted")
        }
        try execute("DELETE FROM deployments WHERE api_id = ? AND id = ?", api.id, deployment.id)
    }

    /// Deletes the automatic deployments that no stage serves any more.
    func deleteUnusedAutomaticDeployments(of api: APIRecord) throws {
        try execute(
            "DELETE FROM deployments WHERE api_id = ? AND is_automatic = 1 AND id NOT IN "
                + "(SELECT deployment_id FROM stages WHERE api_id = ? AND deployment_id IS NOT NULL)",
            api.id, api.id)
    }
}
