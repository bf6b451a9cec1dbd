import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists an API's routes.
struct GetRoutes: OperationHandler {
    static let operation = APIGatewayV2API.getRoutes
    let apis: APIStore

    func access(for input: GetRoutesRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:GET", on: APIScope(context).arn("/apis/\(input.apiId)/routes"))]
    }

    func handle(_ input: GetRoutesRequest, in context: RequestContext) async throws
        -> GetRoutesResponse
    {
        let all = try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
            try transaction.routes(of: api)
        }
        let page = try Page(
            of: all, maxResults: input.maxResults, nextToken: input.nextToken, id: \.id)
        return GetRoutesResponse(items: page.items.map { Route($0) }, nextToken: page.nextToken)
    }
}
