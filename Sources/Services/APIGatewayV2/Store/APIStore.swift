import Platform
import Storage
import Wire

/// The APIs with their routes, integrations, stages and deployments.
struct APIStore: Sendable {
    let database: any Database
    let clock: any Clock
    let randomness: any Randomness
    let served: ServedAPIs

    /// What a change touches, which says whether stages that deploy every change must do so.
    enum Change: Sendable {
        /// Routes, integrations or the rules for other origins.
        case definition
        /// Stages, deployments, tags, the switch of the endpoint.
        case rest
    }

    /// The time of what is made or changed now.
    var now: Instant { clock.now }

    /// Every API of an account's region, by their identifiers.
    func all(in scope: APIScope) async throws -> [APIRecord] {
        try await database.read { try $0.apis(in: scope) }
    }

    /// Reads of one API, all from the same state.
    ///
    /// - Throws: `NotFoundException`, and what `body` throws.
    func read<Result: Sendable>(
        _ id: String, in scope: APIScope,
        _ body: @escaping @Sendable (any ReadTransaction, APIRecord) throws -> Result
    ) async throws -> Result {
        try await database.read { transaction in
            try body(transaction, transaction.api(id, in: scope))
        }
    }

    /// Changes an API. When this returns, the change is served here; within a second, it is served by every node.
    ///
    /// - Throws: `NotFoundException`, and what `body` throws.
    func change<Result: Sendable>(
        _ id: String, _ change: Change, in scope: APIScope,
        _ body: @escaping @Sendable (any WriteTransaction, inout APIRecord) throws -> Result
    ) async throws -> Result {
        let result = try await database.write { [self] transaction in
            var api = try transaction.api(id, in: scope)
            let result = try body(transaction, &api)
            try transaction.save(api)
            if change == .definition {
                for stage in try transaction.stages(of: api) where stage.isAutomatic {
                    try deploy(api, to: stage, in: transaction)
                }
            }
            return result
        }
        served.forget(id)
        return result
    }

    /// Makes an API.
    ///
    /// - Throws: what `body` throws, which adds to it.
    func create(
        _ api: APIRecord, _ body: @escaping @Sendable (any WriteTransaction) throws -> Void
    ) async throws {
        try await database.write { transaction in
            let limit = APIGatewayV2Limits.apisPerRegion
            guard try transaction.apis(in: api.scope).count < limit else {
                throw APIRefusal.tooMany("APIs")
            }
            try transaction.save(api)
            try body(transaction)
        }
    }

    /// Deletes an API with all that it has.
    ///
    /// - Throws: `NotFoundException`.
    func delete(_ id: String, in scope: APIScope) async throws {
        try await database.write { transaction in
            try transaction.delete(transaction.api(id, in: scope))
        }
        served.forget(id)
    }

    /// Deploys an API to a stage that does so with every change; what keeps it from being deployed, the stage tells.
    func deploy(_ api: APIRecord, to stage: StageRecord, in transaction: any WriteTransaction)
        throws
    {
        var stage = stage
        stage.updated = now
        let routes = try transaction.routes(of: api)
        if routes.isEmpty {
            stage.deploymentMessage =
                "Deployment attempt failed: Unable to deploy API because no routes exist in this API"
        } else {
            let deployment = DeploymentRecord(
                id: deploymentID(), created: now, isAutomatic: true,
                description: "Automatic deployment triggered by changes to the Api configuration")
            try transaction.save(
                deployment,
                Snapshot(api, routes: routes, integrations: transaction.integrations(of: api)),
                of: api)
            stage.deploymentID = deployment.id
            stage.deploymentMessage =
                "Successfully deployed stage with deployment ID '\(deployment.id)'"
        }
        try transaction.save(stage, of: api)
        try transaction.deleteUnusedAutomaticDeployments(of: api)
    }

    /// Ten characters that no other API has.
    func apiID() -> String { randomness.string(10, from: .lowercaseAlphanumeric) }

    /// The identifier of a route or an integration: seven characters.
    func partID() -> String { randomness.string(7, from: .lowercaseAlphanumeric) }

    /// The identifier of a deployment: six characters.
    func deploymentID() -> String { randomness.string(6, from: .lowercaseAlphanumeric) }
}
