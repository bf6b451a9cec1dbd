import APIGatewayV2
import APIGatewayV2Model
import HTTPTypes
import NIOCore
import Platform
import ServiceKit
import TestKit
import Wire

/// API Gateway v2 in a test's process, with a stand-in for Lambda behind it.
struct APICloud {
    static let function = "arn:aws:lambda:us-east-1:123456789012:function:f"

    let cloud = TestCloud()
    let lambda: StandInLambda
    let site: any HostedSite

    init() async throws {
        let database = try await cloud.database(
            "apigatewayv2", migrations: APIGatewayV2Service.migrations)
        lambda = StandInLambda(clock: cloud.clock)
        let registry = cloud.assemble([
            APIGatewayV2Service(cloud.dependencies, database: database), lambda,
        ])
        guard let site = registry.sites[.api] else { preconditionFailure("no site for APIs") }
        self.site = site
    }

    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws -> Output {
        try await cloud.call(operation, input)
    }

    /// Makes an API with a stage and routes that all lead to one integration.
    func makeAPI(
        routes: [String], stage: String = "$default", isAutomatic: Bool = true,
        payloadFormat: String = "2.0", variables: [String: String]? = nil, cors: Cors? = nil,
        uri: String = APICloud.function
    ) async throws -> String {
        let api = try await call(
            APIGatewayV2API.createApi,
            CreateApiRequest(corsConfiguration: cors, name: "api", protocolType: "HTTP"))
        let id = api.apiId ?? ""
        _ = try await call(
            APIGatewayV2API.createStage,
            CreateStageRequest(
                apiId: id, autoDeploy: isAutomatic, stageName: stage, stageVariables: variables))
        let integration = try await call(
            APIGatewayV2API.createIntegration,
            CreateIntegrationRequest(
                apiId: id, integrationType: "AWS_PROXY", integrationUri: uri,
                payloadFormatVersion: payloadFormat))
        for key in routes {
            try await addRoute(key, of: id, integration: integration.integrationId ?? "")
        }
        return id
    }

    @discardableResult
    func addRoute(_ key: String, of api: String, integration: String) async throws -> String {
        try await call(
            APIGatewayV2API.createRoute,
            CreateRouteRequest(apiId: api, routeKey: key, target: "integrations/\(integration)")
        ).routeId ?? ""
    }

    /// Sends a request to an API as a client does.
    func send(
        _ method: HTTPRequest.Method = .get, _ target: String, to api: String,
        headers: HTTPFields = [:], body: String = "", stage: String? = nil,
        as principal: Principal = .anonymous
    ) async throws -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1)
        let path = String(parts[0])
        var context = cloud.context(as: principal)
        context.origin = Origin(
            scheme: "http", host: "\(api).execute-api.us-east-1.localhost", port: 4566,
            baseDomain: "localhost")
        let response = try await site.respond(
            to: WireRequest(
                method: method, path: path, query: parts.count == 2 ? String(parts[1]) : "",
                headers: headers, body: Body(text: body)),
            at: HostedAddress(
                kind: .api, id: api, region: "us-east-1", path: path, stage: stage), in: context)
        let bytes = try await response.body.collect(upTo: 20_000_000)
        return Answer(
            status: response.status, headers: response.headers, body: String(buffer: bytes))
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String
    }

    /// The event that the function was invoked with last.
    var event: Document { lambda.calls.last?.event ?? .null }
}
