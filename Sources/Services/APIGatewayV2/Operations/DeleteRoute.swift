import APIGatewayV2Model
import ServiceKit
import Wire

/// Removes a route from an API.
struct DeleteRoute: OperationHandler {
    static let operation = APIGatewayV2API.deleteRoute
    let apis: APIStore

    func access(for input: DeleteRouteRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/routes/\(input.routeId)"
        return [AccessRequest("apigateway:DELETE", on: APIScope(context).arn(path))]
    }

    func handle(_ input: DeleteRouteRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.change(input.apiId, .definition, in: APIScope(context)) { transaction, api in
            try transaction.delete(transaction.route(input.routeId, of: api), of: api)
        }
        return EmptyStructure()
    }
}
