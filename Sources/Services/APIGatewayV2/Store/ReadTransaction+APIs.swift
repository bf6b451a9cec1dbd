import Storage
import Wire

extension ReadTransaction {
    /// An API of an account's region.
    ///
    /// - Throws: `NotFoundException`.
    func api(_ id: String, in scope: APIScope) throws -> APIRecord {
        guard let api = try api(id), api.scope.account == scope.account,
            api.scope.region == scope.region
        else { throw APIRefusal.noAPI(id, in: scope) }
        return api
    }

    /// An API of any account; `nil` where there is none.
    func api(_ id: String) throws -> APIRecord? {
        guard id.isStorable else { return nil }
        return try first("SELECT \(Self.apiColumns) FROM apis WHERE id = ?", id).map(Self.api)
    }

    /// Every API of an account's region, by their identifiers.
    func apis(in scope: APIScope) throws -> [APIRecord] {
        try query(
            "SELECT \(Self.apiColumns) FROM apis WHERE account = ? AND region = ? ORDER BY id",
            scope.account, scope.region
        ).map(Self.api)
    }

    /// Every route of an API, by their identifiers.
    func routes(of api: APIRecord) throws -> [RouteRecord] {
        try query(
            "SELECT id, route_key, settings FROM routes WHERE api_id = ? ORDER BY id", api.id
        ).map(Self.route)
    }

    /// - Throws: `NotFoundException`.
    func route(_ id: String, of api: APIRecord) throws -> RouteRecord {
        guard id.isStorable,
            let row = try first(
                "SELECT id, route_key, settings FROM routes WHERE api_id = ? AND id = ?", api.id, id
            )
        else { throw APIRefusal.noRoute(id) }
        return try Self.route(row)
    }

    /// Every integration of an API, by their identifiers.
    func integrations(of api: APIRecord) throws -> [IntegrationRecord] {
        try query("SELECT id, settings FROM integrations WHERE api_id = ? ORDER BY id", api.id)
            .map(Self.integration)
    }

    /// - Throws: `NotFoundException`.
    func integration(_ id: String, of api: APIRecord) throws -> IntegrationRecord {
        guard id.isStorable,
            let row = try first(
                "SELECT id, settings FROM integrations WHERE api_id = ? AND id = ?", api.id, id)
        else { throw APIRefusal.noIntegration(id) }
        return try Self.integration(row)
    }

    /// Every stage of an API, by their names.
    func stages(of api: APIRecord) throws -> [StageRecord] {
        try query(
            "SELECT \(Self.stageColumns) FROM stages WHERE api_id = ? ORDER BY name", api.id
        ).map(Self.stage)
    }

    /// - Throws: `NotFoundException`.
    func stage(_ name: String, of api: APIRecord) throws -> StageRecord {
        guard name.isStorable,
            let row = try first(
                "SELECT \(Self.stageColumns) FROM stages WHERE api_id = ? AND name = ?", api.id,
                name)
        else { throw APIRefusal.noStage(name) }
        return try Self.stage(row)
    }

    /// Every deployment of an API, by their identifiers.
    func deployments(of api: APIRecord) throws -> [DeploymentRecord] {
        try query(
            "SELECT id, created, is_automatic, description FROM deployments WHERE api_id = ? "
                + "ORDER BY id", api.id
        ).map(Self.deployment)
    }

    /// - Throws: `NotFoundException`.
    func deployment(_ id: String, of api: APIRecord) throws -> DeploymentRecord {
        guard id.isStorable,
            let row = try first(
                "SELECT id, created, is_automatic, description FROM deployments "
                    + "WHERE api_id = ? AND id = ?", api.id, id)
        else { throw APIRefusal.noDeployment(id) }
        return Self.deployment(row)
    }

    /// What a deployment holds.
    func snapshot(_ id: String, of api: APIRecord) throws -> Snapshot? {
        try first("SELECT snapshot FROM deployments WHERE api_id = ? AND id = ?", api.id, id)
            .map { Snapshot(try Document(json: $0.string(0))) }
    }

    // MARK: - Rows

    private static var apiColumns: String {
        "id, account, region, created, serving_version, settings"
    }

    private static func api(_ row: Row) throws -> APIRecord {
        APIRecord(
            id: row.string(0), scope: APIScope(account: row.string(1), region: row.string(2)),
            created: row.instant(3), servingVersion: row.int(4),
            settings: try Document(json: row.string(5)))
    }

    private static func route(_ row: Row) throws -> RouteRecord {
        RouteRecord(
            id: row.string(0), key: try RouteKey(row.string(1)),
            settings: try Document(json: row.string(2)))
    }

    private static func integration(_ row: Row) throws -> IntegrationRecord {
        IntegrationRecord(
            id: row.string(0), settings: IntegrationSettings(try Document(json: row.string(1))))
    }

    private static var stageColumns: String {
        "name, created, updated, deployment_id, is_automatic, settings"
    }

    private static func stage(_ row: Row) throws -> StageRecord {
        StageRecord(
            name: row.string(0), created: row.instant(1), updated: row.instant(2),
            deploymentID: row.optionalString(3), isAutomatic: row.bool(4),
            settings: try Document(json: row.string(5)))
    }

    private static func deployment(_ row: Row) -> DeploymentRecord {
        DeploymentRecord(
            id: row.string(0), created: row.instant(1), isAutomatic: row.bool(2),
            description: row.optionalString(3))
    }
}

extension String {
    /// Whether both engines can keep the text; identifiers in URLs may be any.
    fileprivate var isStorable: Bool { !utf8.contains(0) }
}
