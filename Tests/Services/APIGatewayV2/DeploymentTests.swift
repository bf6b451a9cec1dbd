import APIGatewayV2Model
import HTTPTypes
import Platform
import TestKit
import Testing
import Wire

@testable import APIGatewayV2

@Suite("HTTP APIs: deployments")
struct DeploymentTests {
    @Test("without automatic deployment, changes wait for a deployment")
    func manual() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"], stage: "dev", isAutomatic: false)
        #expect(try await apis.send(.get, "/dev/a", to: id).status == 404)
        let first = try await apis.call(
            APIGatewayV2API.createDeployment,
            CreateDeploymentRequest(apiId: id, description: "one", stageName: "dev"))
        #expect(first.deploymentStatus == "DEPLOYED")
        #expect(try await apis.send(.get, "/dev/a", to: id).status == 200)
        let integration = try await apis.call(
            APIGatewayV2API.getIntegrations, GetIntegrationsRequest(apiId: id)
        ).items?.first?.integrationId
        try await apis.addRoute("GET /b", of: id, integration: integration ?? "")
        #expect(try await apis.send(.get, "/dev/b", to: id).status == 404)
        let second = try await apis.call(
            APIGatewayV2API.createDeployment, CreateDeploymentRequest(apiId: id))
        #expect(try await apis.send(.get, "/dev/b", to: id).status == 404)
        _ = try await apis.call(
            APIGatewayV2API.updateStage,
            UpdateStageRequest(apiId: id, deploymentId: second.deploymentId, stageName: "dev"))
        #expect(try await apis.send(.get, "/dev/b", to: id).status == 200)
        await expectError("BadRequestException") {
            _ = try await apis.call(
                APIGatewayV2API.deleteDeployment,
                DeleteDeploymentRequest(apiId: id, deploymentId: second.deploymentId ?? ""))
        }
        _ = try await apis.call(
            APIGatewayV2API.deleteDeployment,
            DeleteDeploymentRequest(apiId: id, deploymentId: first.deploymentId ?? ""))
        #expect(
            try await apis.call(APIGatewayV2API.getDeployments, GetDeploymentsRequest(apiId: id))
                .items?.map(\.deploymentId) == [second.deploymentId])
    }

    @Test("with automatic deployment, changes are served at once")
    func automatic() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        #expect(try await apis.send(.get, "/a", to: id).status == 200)
        let route = try await apis.call(APIGatewayV2API.getRoutes, GetRoutesRequest(apiId: id))
            .items?.first?.routeId
        _ = try await apis.call(
            APIGatewayV2API.updateRoute,
            UpdateRouteRequest(apiId: id, routeId: route ?? "", routeKey: "GET /b"))
        #expect(try await apis.send(.get, "/a", to: id).status == 404)
        #expect(try await apis.send(.get, "/b", to: id).status == 200)
        #expect(
            try await apis.call(APIGatewayV2API.getDeployments, GetDeploymentsRequest(apiId: id))
                .items?.count == 1)
        let integration = try await apis.call(
            APIGatewayV2API.getIntegrations, GetIntegrationsRequest(apiId: id)
        ).items?.first?.integrationId
        let changed = try await apis.call(
            APIGatewayV2API.updateIntegration,
            UpdateIntegrationRequest(
                apiId: id, integrationId: integration ?? "",
                integrationUri: APICloud.function + ":2",
                payloadFormatVersion: "1.0", timeoutInMillis: 500))
        #expect(changed.timeoutInMillis == 500)
        #expect(try await apis.send(.get, "/b", to: id).status == 200)
        #expect(apis.lambda.calls.last?.function == APICloud.function + ":2")
        #expect(apis.event["version"] == "1.0")
        _ = try await apis.call(
            APIGatewayV2API.deleteRoute, DeleteRouteRequest(apiId: id, routeId: route ?? ""))
        // The last route is gone, so nothing new can be deployed, and the stage serves what it served.
        #expect(try await apis.send(.get, "/b", to: id).status == 200)
        _ = try await apis.call(
            APIGatewayV2API.deleteStage, DeleteStageRequest(apiId: id, stageName: "$default"))
        #expect(try await apis.send(.get, "/b", to: id).status == 404)
    }

    @Test("an API without routes is not deployed, and says so")
    func noRoutes() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: [])
        let stage = try await apis.call(
            APIGatewayV2API.getStage, GetStageRequest(apiId: id, stageName: "$default"))
        #expect(
            stage.lastDeploymentStatusMessage
                == "Deployment attempt failed: Unable to deploy API because no routes exist in this API"
        )
        await expectError("BadRequestException") {
            _ = try await apis.call(
                APIGatewayV2API.createDeployment, CreateDeploymentRequest(apiId: id))
        }
    }

    @Test("a change that another node made is noticed within a second")
    func otherNode() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        let database = try await apis.cloud.database(
            "apigatewayv2", migrations: APIGatewayV2Service.migrations)
        let uptime = MovableUptime()
        let served = ServedAPIs(database: database) { uptime.now }
        let before = try #require(try await served.api(id))
        #expect(before.stages["$default"]?.routes.match(method: "GET", path: "/a") != nil)
        _ = try await apis.call(
            APIGatewayV2API.deleteStage, DeleteStageRequest(apiId: id, stageName: "$default"))
        uptime.advance(by: .milliseconds(999))
        #expect(try await served.api(id)?.version == before.version)
        uptime.advance(by: .milliseconds(1))
        #expect(try await served.api(id)?.stages.isEmpty == true)
        _ = try await apis.call(APIGatewayV2API.deleteApi, DeleteApiRequest(apiId: id))
        uptime.advance(by: .seconds(1))
        #expect(try await served.api(id) == nil)
    }
}
