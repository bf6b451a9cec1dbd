import APIGatewayV2Model
import ServiceKit
import Wire

/// Deletes an API with all that it has.
struct DeleteApi: OperationHandler {
    static let operation = APIGatewayV2API.deleteApi
    let apis: APIStore

    func access(for input: DeleteApiRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:DELETE", on: APIScope(context).arn("/apis/\(input.apiId)"))]
    }

    func handle(_ input: DeleteApiRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.delete(input.apiId, in: APIScope(context))
        return EmptyStructure()
    }
}
