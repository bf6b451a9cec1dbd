import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists the APIs of an account's region.
struct GetApis: OperationHandler {
    static let operation = APIGatewayV2API.getApis
    let apis: APIStore

    func access(for input: GetApisRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:GET", on: APIScope(context).arn("/apis"))]
    }

    func handle(_ input: GetApisRequest, in context: RequestContext) async throws
        -> GetApisResponse
    {
        let all = try await apis.all(in: APIScope(context))
        let page = try Page(
            of: all, maxResults: input.maxResults, nextToken: input.nextToken, id: \.id)
        return GetApisResponse(
            items: page.items.map { Api($0, in: context) }, nextToken: page.nextToken)
    }
}
