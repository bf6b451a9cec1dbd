import APIGatewayV2Model
import ServiceKit
import Wire

/// Closes an API to pages of other origins.
struct DeleteCorsConfiguration: OperationHandler {
    static let operation = APIGatewayV2API.deleteCorsConfiguration
    let apis: APIStore

    func access(for input: DeleteCorsConfigurationRequest, in context: RequestContext)
        -> [AccessRequest]
    {
        [AccessRequest("apigateway:DELETE", on: APIScope(context).arn("/apis/\(input.apiId)/cors"))]
    }

    func handle(_ input: DeleteCorsConfigurationRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.change(input.apiId, .definition, in: APIScope(context)) { _, api in
            api.cors = nil
        }
        return EmptyStructure()
    }
}
