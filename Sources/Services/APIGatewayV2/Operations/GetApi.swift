import APIGatewayV2Model
import ServiceKit
import Wire

/// Describes an API.
struct GetApi: OperationHandler {
    static let operation = APIGatewayV2API.getApi
    let apis: APIStore

    func access(for input: GetApiRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:GET", on: APIScope(context).arn("/apis/\(input.apiId)"))]
    }

    func handle(_ input: GetApiRequest, in context: RequestContext) async throws -> GetApiResponse {
        let api = try await apis.read(input.apiId, in: APIScope(context)) { $1 }
        return GetApiResponse(api, in: context)
    }
}
