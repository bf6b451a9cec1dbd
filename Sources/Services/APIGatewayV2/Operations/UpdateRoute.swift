import APIGatewayV2Model
import ServiceKit
import Wire

/// Changes what a request names of a route.
struct UpdateRoute: OperationHandler {
    static let operation = APIGatewayV2API.updateRoute
    let apis: APIStore

    func access(for input: UpdateRouteRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/routes/\(input.routeId)"
        return [AccessRequest("apigateway:PATCH", on: APIScope(context).arn(path))]
    }

    func handle(_ input: UpdateRouteRequest, in context: RequestContext) async throws
        -> UpdateRouteResult
    {
        try UnservedFeatures.refuse(
            authorizationType: input.authorizationType, authorizerID: input.authorizerId,
            requestParameters: input.requestParameters?.count)
        let key = try input.routeKey.map { try RouteKey($0) }
        return UpdateRouteResult(
            try await apis.change(input.apiId, .definition, in: APIScope(context)) {
                transaction, api in
                var route = try transaction.route(input.routeId, of: api)
                guard !route.isManaged || key == nil || key == route.key else {
                    throw APIRefusal.badRequest(
                        "The key of a route that is managed by API Gateway cannot be changed")
                }
                route.key = key ?? route.key
                route.authorizationType = input.authorizationType ?? route.authorizationType
                route.operationName = input.operationName ?? route.operationName
                if let target = input.target {
                    try RouteTarget.check(target, of: api, in: transaction)
                    route.target = target
                }
                try transaction.save(route, of: api)
                return route
            })
    }
}
