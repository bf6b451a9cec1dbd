import APIGatewayV2Model
import Platform
package import ServiceKit
package import Storage

/// API Gateway v2: HTTP APIs, and answering the requests that come to them.
package struct APIGatewayV2Service: ApusService {
    private let dependencies: ServiceDependencies
    private let apis: APIStore
    private let served: ServedAPIs

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        self.dependencies = dependencies
        served = ServedAPIs(database: database) { [clock = dependencies.clock] in clock.uptime }
        apis = APIStore(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            served: served)
    }

    package func register(with registry: inout ServiceRegistry) {
        registerAPIs(&registry.operations)
        registerRoutes(&registry.operations)
        registerStages(&registry.operations)
        registry.host(
            .api,
            by: APISite(
                served: served, caller: dependencies.caller, clock: dependencies.clock,
                randomness: dependencies.randomness))
    }

    private func registerAPIs(_ operations: inout OperationRouter) {
        operations.register(CreateApi(apis: apis))
        operations.register(GetApi(apis: apis))
        operations.register(GetApis(apis: apis))
        operations.register(UpdateApi(apis: apis))
        operations.register(DeleteApi(apis: apis))
        operations.register(DeleteCorsConfiguration(apis: apis))
        operations.register(GetTags(apis: apis))
        operations.register(TagResource(apis: apis))
        operations.register(UntagResource(apis: apis))
    }

    private func registerRoutes(_ operations: inout OperationRouter) {
        operations.register(CreateRoute(apis: apis))
        operations.register(GetRoute(apis: apis))
        operations.register(GetRoutes(apis: apis))
        operations.register(UpdateRoute(apis: apis))
        operations.register(DeleteRoute(apis: apis))
        operations.register(CreateIntegration(apis: apis))
        operations.register(GetIntegration(apis: apis))
        operations.register(GetIntegrations(apis: apis))
        operations.register(UpdateIntegration(apis: apis))
        operations.register(DeleteIntegration(apis: apis))
    }

    private func registerStages(_ operations: inout OperationRouter) {
        operations.register(CreateStage(apis: apis))
        operations.register(GetStage(apis: apis))
        operations.register(GetStages(apis: apis))
        operations.register(UpdateStage(apis: apis))
        operations.register(DeleteStage(apis: apis))
        operations.register(CreateDeployment(apis: apis))
        operations.register(GetDeployment(apis: apis))
        operations.register(GetDeployments(apis: apis))
        operations.register(DeleteDeployment(apis: apis))
    }

    /// There is no background work.
    package func run() async throws {}
}
