import APIGatewayV2Model
import ServiceKit
import Wire

/// Changes what a request names of an integration.
struct UpdateIntegration: OperationHandler {
    static let operation = APIGatewayV2API.updateIntegration
    let apis: APIStore

    func access(for input: UpdateIntegrationRequest, in context: RequestContext) -> [AccessRequest]
    {
        let path = "/apis/\(input.apiId)/integrations/\(input.integrationId)"
        return [AccessRequest("apigateway:PATCH", on: APIScope(context).arn(path))]
    }

    func handle(_ input: UpdateIntegrationRequest, in context: RequestContext) async throws
        -> UpdateIntegrationResult
    {
        try IntegrationRules.check(
            type: input.integrationType, subtype: input.integrationSubtype,
            method: input.integrationMethod, connectionType: input.connectionType,
            requestParameters: input.requestParameters,
            responseParameters: input.responseParameters, tlsConfig: input.tlsConfig)
        return UpdateIntegrationResult(
            try await apis.change(input.apiId, .definition, in: APIScope(context)) {
                transaction, api in
                var integration = try transaction.integration(input.integrationId, of: api)
                let old = integration.settings
                integration.settings = try IntegrationSettings(
                    uri: input.integrationUri ?? old.uri,
                    payloadFormat: input.payloadFormatVersion ?? old.payloadFormat,
                    timeoutMilliseconds: input.timeoutInMillis ?? old.timeoutMilliseconds,
                    credentialsARN: input.credentialsArn ?? old.credentialsARN,
                    description: input.description ?? old.description, isManaged: old.isManaged)
                try transaction.save(integration, of: api)
                return integration
            })
    }
}
