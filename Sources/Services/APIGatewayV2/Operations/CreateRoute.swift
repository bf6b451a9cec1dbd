import APIGatewayV2Model
import ServiceKit
import Wire

/// Adds a route to an API.
struct CreateRoute: OperationHandler {
    static let operation = APIGatewayV2API.createRoute
    let apis: APIStore

    func access(for input: CreateRouteRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:POST", on: APIScope(context).arn("/apis/\(input.apiId)/routes"))]
    }

    func handle(_ input: CreateRouteRequest, in context: RequestContext) async throws
        -> CreateRouteResult
    {
        try UnservedFeatures.refuse(
            authorizationType: input.authorizationType, authorizerID: input.authorizerId,
            requestParameters: input.requestParameters?.count)
        if input.apiKeyRequired == true {
            throw APIRefusal.badRequest("API keys are not supported for HTTP APIs")
        }
        let route = RouteRecord(
            id: apis.partID(), key: try RouteKey(input.routeKey), target: input.target,
            authorizationType: input.authorizationType ?? "NONE",
            operationName: input.operationName, isManaged: false)
        try await apis.change(input.apiId, .definition, in: APIScope(context)) { transaction, api in
            guard try transaction.routes(of: api).count < APIGatewayV2Limits.routesPerAPI else {
                throw APIRefusal.tooMany("routes")
            }
            if let target = route.target {
                try RouteTarget.check(target, of: api, in: transaction)
            }
            try transaction.save(route, of: api)
        }
        return CreateRouteResult(route)
    }
}
