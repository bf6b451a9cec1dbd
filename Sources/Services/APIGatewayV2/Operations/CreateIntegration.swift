import APIGatewayV2Model
import ServiceKit
import Wire

/// Adds an integration to an API.
struct CreateIntegration: OperationHandler {
    static let operation = APIGatewayV2API.createIntegration
    let apis: APIStore

    func access(for input: CreateIntegrationRequest, in context: RequestContext) -> [AccessRequest]
    {
        let path = "/apis/\(input.apiId)/integrations"
        return [AccessRequest("apigateway:POST", on: APIScope(context).arn(path))]
    }

    func handle(_ input: CreateIntegrationRequest, in context: RequestContext) async throws
        -> CreateIntegrationResult
    {
        try IntegrationRules.check(
            type: input.integrationType, subtype: input.integrationSubtype,
            method: input.integrationMethod, connectionType: input.connectionType,
            requestParameters: input.requestParameters,
            responseParameters: input.responseParameters, tlsConfig: input.tlsConfig)
        let integration = IntegrationRecord(
            id: apis.partID(),
            settings: try IntegrationSettings(
                uri: input.integrationUri, payloadFormat: input.payloadFormatVersion,
                timeoutMilliseconds: input.timeoutInMillis, credentialsARN: input.credentialsArn,
                description: input.description))
        try await apis.change(input.apiId, .definition, in: APIScope(context)) { transaction, api in
            let limit = APIGatewayV2Limits.integrationsPerAPI
            guard try transaction.integrations(of: api).count < limit else {
                throw APIRefusal.tooMany("integrations")
            }
            try transaction.save(integration, of: api)
        }
        return CreateIntegrationResult(integration)
    }
}
