import APIGatewayV2Model
import ServiceKit
import Wire

/// Describes a route.
struct GetRoute: OperationHandler {
    static let operation = APIGatewayV2API.getRoute
    let apis: APIStore

    func access(for input: GetRouteRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/routes/\(input.routeId)"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetRouteRequest, in context: RequestContext) async throws
        -> GetRouteResult
    {
        GetRouteResult(
            try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
                try transaction.route(input.routeId, of: api)
            })
    }
}
