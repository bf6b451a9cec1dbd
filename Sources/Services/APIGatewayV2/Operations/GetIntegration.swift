import APIGatewayV2Model
import ServiceKit
import Wire

/// Describes an integration.
struct GetIntegration: OperationHandler {
    static let operation = APIGatewayV2API.getIntegration
    let apis: APIStore

    func access(for input: GetIntegrationRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/integrations/\(input.integrationId)"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetIntegrationRequest, in context: RequestContext) async throws
        -> GetIntegrationResult
    {
        GetIntegrationResult(
            try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
                try transaction.integration(input.integrationId, of: api)
            })
    }
}
