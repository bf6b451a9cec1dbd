import APIGatewayV2Model
import HTTPTypes
import Platform
import TestKit
import Testing
import Wire

@testable import APIGatewayV2

@Suite("HTTP APIs: management")
struct ManagementTests {
    @Test("quick create makes an API that is served at once")
    func quickCreate() async throws {
        let apis = try await APICloud()
        let made = try await apis.call(
            APIGatewayV2API.createApi,
            CreateApiRequest(
                description: "d", name: "quick", protocolType: "HTTP", tags: ["a": "b"],
                target: APICloud.function))
        let id = try #require(made.apiId)
        #expect(id.utf8.count == 10)
        #expect(made.apiEndpoint == "http://\(id).execute-api.us-east-1.localhost:4566")
        #expect(made.routeSelectionExpression == "$request.method $request.path")
        #expect(made.protocolType == "HTTP")
        #expect(made.createdDate == apis.cloud.clock.now)
        let route = try #require(
            try await apis.call(APIGatewayV2API.getRoutes, GetRoutesRequest(apiId: id)).items?.first
        )
        #expect(route.routeKey == "$default")
        #expect(route.apiGatewayManaged == true)
        let integration = try #require(
            try await apis.call(
                APIGatewayV2API.getIntegrations, GetIntegrationsRequest(apiId: id)
            ).items?.first)
        #expect(integration.payloadFormatVersion == "2.0")
        #expect(route.target == "integrations/\(integration.integrationId ?? "")")
        let stage = try await apis.call(
            APIGatewayV2API.getStage, GetStageRequest(apiId: id, stageName: "$default"))
        #expect(stage.autoDeploy == true)
        #expect(
            stage.lastDeploymentStatusMessage
                == "Successfully deployed stage with deployment ID '\(stage.deploymentId ?? "")'")
        #expect(try await apis.send(.get, "/x", to: id).status == 200)
    }

    @Test("an API is read, listed, changed and deleted")
    func lifecycle() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        _ = try await apis.makeAPI(routes: [])
        let page = try await apis.call(APIGatewayV2API.getApis, GetApisRequest(maxResults: "1"))
        #expect(page.items?.count == 1)
        let rest = try await apis.call(
            APIGatewayV2API.getApis, GetApisRequest(maxResults: "1", nextToken: page.nextToken))
        #expect(rest.items?.count == 1)
        #expect(rest.nextToken == nil)
        let changed = try await apis.call(
            APIGatewayV2API.updateApi, UpdateApiRequest(apiId: id, name: "other", version: "2"))
        #expect(changed.name == "other")
        #expect(
            try await apis.call(APIGatewayV2API.getApi, GetApiRequest(apiId: id)).version == "2")
        _ = try await apis.call(
            APIGatewayV2API.updateApi, UpdateApiRequest(apiId: id, disableExecuteApiEndpoint: true))
        #expect(try await apis.send(.get, "/a", to: id).status == 404)
        _ = try await apis.call(APIGatewayV2API.deleteApi, DeleteApiRequest(apiId: id))
        await expectError(
            "NotFoundException", "Invalid API identifier specified 123456789012:\(id)"
        ) { _ = try await apis.call(APIGatewayV2API.getApi, GetApiRequest(apiId: id)) }
        await expectError("NotFoundException") {
            _ = try await apis.call(
                APIGatewayV2API.getApi, GetApiRequest(apiId: "a\0b"))
        }
    }

    @Test("what HTTP APIs do not have, or Apus does not serve, is refused")
    func refusals() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        let routes = try await apis.call(APIGatewayV2API.getRoutes, GetRoutesRequest(apiId: id))
        let route = try #require(routes.items?.first)
        let target = try #require(route.target)
        await expectError("NotImplemented") {
            _ = try await apis.call(
                APIGatewayV2API.createApi, CreateApiRequest(name: "w", protocolType: "WEBSOCKET"))
        }
        await expectError("ConflictException", "Route with key GET /a already exists for this API")
        {
            _ = try await apis.call(
                APIGatewayV2API.createRoute, CreateRouteRequest(apiId: id, routeKey: "GET /a"))
        }
        await expectError("BadRequestException") {
            _ = try await apis.call(
                APIGatewayV2API.createRoute,
                CreateRouteRequest(apiId: id, routeKey: "GET /b", target: "x"))
        }
        await expectError("NotFoundException", "Invalid Integration identifier specified nope") {
            _ = try await apis.call(
                APIGatewayV2API.createRoute,
                CreateRouteRequest(apiId: id, routeKey: "GET /b", target: "integrations/nope"))
        }
        await expectError("NotFoundException", "Invalid Route identifier specified nope") {
            _ = try await apis.call(
                APIGatewayV2API.getRoute, GetRouteRequest(apiId: id, routeId: "nope"))
        }
        await expectError("ConflictException") {
            _ = try await apis.call(
                APIGatewayV2API.deleteIntegration,
                DeleteIntegrationRequest(
                    apiId: id, integrationId: String(target.dropFirst("integrations/".count))))
        }
        await expectError("ConflictException", "Stage already exists") {
            _ = try await apis.call(
                APIGatewayV2API.createStage, CreateStageRequest(apiId: id, stageName: "$default"))
        }
        for (type, uri, code) in [
            ("HTTP_PROXY", "https://example.com", "NotImplemented"),
            ("MOCK", nil, "BadRequestException"), ("AWS_PROXY", nil, "BadRequestException"),
            ("AWS_PROXY", "arn:aws:sqs:us-east-1:123456789012:q", "BadRequestException"),
        ] {
            await expectError(code) {
                _ = try await apis.call(
                    APIGatewayV2API.createIntegration,
                    CreateIntegrationRequest(
                        apiId: id, integrationType: type, integrationUri: uri))
            }
        }
        await expectError("NotImplemented") {
            _ = try await apis.call(
                APIGatewayV2API.createRoute,
                CreateRouteRequest(apiId: id, authorizationType: "JWT", routeKey: "GET /c"))
        }
        for name in ["", "a b", "$other", String(repeating: "x", count: 129)] {
            await expectError("BadRequestException") {
                _ = try await apis.call(
                    APIGatewayV2API.createStage, CreateStageRequest(apiId: id, stageName: name))
            }
        }
    }

    @Test("an API and its stages have tags")
    func tags() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: [], stage: "dev")
        for arn in ["/apis/\(id)", "/apis/\(id)/stages/dev"].map({
            "arn:aws:apigateway:us-east-1::\($0)"
        }) {
            _ = try await apis.call(
                APIGatewayV2API.tagResource,
                TagResourceRequest(resourceArn: arn, tags: ["a": "1", "b": "2"]))
            _ = try await apis.call(
                APIGatewayV2API.untagResource,
                UntagResourceRequest(resourceArn: arn, tagKeys: ["a"]))
            #expect(
                try await apis.call(APIGatewayV2API.getTags, GetTagsRequest(resourceArn: arn)).tags
                    == ["b": "2"])
        }
        await expectError("BadRequestException") {
            _ = try await apis.call(
                APIGatewayV2API.getTags, GetTagsRequest(resourceArn: "arn:aws:sqs:us-east-1:1:q"))
        }
    }
}
