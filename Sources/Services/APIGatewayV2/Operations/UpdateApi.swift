import APIGatewayV2Model
import ServiceKit
import Wire

/// Changes what a request names of an API.
struct UpdateApi: OperationHandler {
    static let operation = APIGatewayV2API.updateApi
    let apis: APIStore

    func access(for input: UpdateApiRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:PATCH", on: APIScope(context).arn("/apis/\(input.apiId)"))]
    }

    func handle(_ input: UpdateApiRequest, in context: RequestContext) async throws
        -> UpdateApiResponse
    {
        if input.target != nil || input.routeKey != nil || input.credentialsArn != nil {
            throw APIRefusal.notServed("UpdateApi of a quick create's target")
        }
        if let expression = input.routeSelectionExpression { try CreateApi.check(expression) }
        let cors = try input.corsConfiguration.map { try CORSPolicy($0) }
        let api = try await apis.change(
            input.apiId, cors == nil ? .rest : .definition, in: APIScope(context)
        ) { _, api in
            api.name = input.name ?? api.name
            api.description = input.description ?? api.description
            api.version = input.version ?? api.version
            api.isEndpointDisabled = input.disableExecuteApiEndpoint ?? api.isEndpointDisabled
            api.ipAddressType = input.ipAddressType ?? api.ipAddressType
            api.apiKeySelectionExpression =
                input.apiKeySelectionExpression ?? api.apiKeySelectionExpression
            api.cors = cors ?? api.cors
            return api
        }
        return UpdateApiResponse(api, in: context)
    }
}
