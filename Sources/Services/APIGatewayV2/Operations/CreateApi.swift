import APIGatewayV2Model
import ServiceKit
import Wire

/// Makes an HTTP API; with a target, also what it takes to serve it at once (quick create).
struct CreateApi: OperationHandler {
    static let operation = APIGatewayV2API.createApi
    let apis: APIStore

    func access(for input: CreateApiRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:POST", on: APIScope(context).arn("/apis"))]
    }

    func handle(_ input: CreateApiRequest, in context: RequestContext) async throws
        -> CreateApiResponse
    {
        try UnservedFeatures.refuse(protocolType: input.protocolType)
        guard input.target != nil || input.routeKey == nil && input.credentialsArn == nil else {
            throw APIRefusal.badRequest("Target must be specified with RouteKey and CredentialsArn")
        }
        var api = APIRecord(
            id: apis.apiID(), scope: APIScope(context), created: apis.now, name: input.name)
        api.description = input.description
        api.version = input.version
        api.isEndpointDisabled = input.disableExecuteApiEndpoint ?? false
        api.ipAddressType = input.ipAddressType ?? api.ipAddressType
        api.apiKeySelectionExpression =
            input.apiKeySelectionExpression ?? api.apiKeySelectionExpression
        api.cors = try input.corsConfiguration.map { try CORSPolicy($0) }
        api.tags = try Tags.checked(input.tags ?? [:])
        if let expression = input.routeSelectionExpression { try Self.check(expression) }
        let quick = try input.target.map { try quickParts(target: $0, input) }
        try await apis.create(api) { [apis, api] transaction in
            guard let quick else { return }
            try transaction.save(quick.integration, of: api)
            try transaction.save(quick.route, of: api)
            try apis.deploy(api, to: quick.stage, in: transaction)
        }
        return CreateApiResponse(api, in: context)
    }

    /// HTTP APIs know one expression.
    static func check(_ routeSelectionExpression: String) throws {
        guard
            ["$request.method $request.path", "${request.method} ${request.path}"]
                .contains(routeSelectionExpression)
        else {
            throw APIRefusal.badRequest(
                "Invalid route selection expression. For HTTP APIs, it must be "
                    + "\"$request.method $request.path\"")
        }
    }

    private func quickParts(target: String, _ input: CreateApiRequest) throws -> (
        integration: IntegrationRecord, route: RouteRecord, stage: StageRecord
    ) {
        guard !target.hasPrefix("http://"), !target.hasPrefix("https://") else {
            throw APIRefusal.notServed("IntegrationType HTTP_PROXY")
        }
        let integration = IntegrationRecord(
            id: apis.partID(),
            settings: try IntegrationSettings(
                uri: target, payloadFormat: "2.0", timeoutMilliseconds: nil,
                credentialsARN: input.credentialsArn, description: nil, isManaged: true))
        let route = RouteRecord(
            id: apis.partID(), key: try input.routeKey.map { try RouteKey($0) } ?? .default,
            target: "integrations/\(integration.id)", authorizationType: "NONE", isManaged: true)
        var stage = StageRecord(
            name: "$default", created: apis.now, updated: apis.now, isAutomatic: true)
        stage.isManaged = true
        return (integration, route, stage)
    }
}
