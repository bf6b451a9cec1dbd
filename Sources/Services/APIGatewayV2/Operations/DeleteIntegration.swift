import APIGatewayV2Model
import ServiceKit
import Wire

/// Removes an integration that no route leads to.
struct DeleteIntegration: OperationHandler {
    static let operation = APIGatewayV2API.deleteIntegration
    let apis: APIStore

    func access(for input: DeleteIntegrationRequest, in context: RequestContext) -> [AccessRequest]
    {
        let path = "/apis/\(input.apiId)/integrations/\(input.integrationId)"
        return [AccessRequest("apigateway:DELETE", on: APIScope(context).arn(path))]
    }

    func handle(_ input: DeleteIntegrationRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.change(input.apiId, .definition, in: APIScope(context)) { transaction, api in
            try transaction.delete(transaction.integration(input.integrationId, of: api), of: api)
        }
        return EmptyStructure()
    }
}
