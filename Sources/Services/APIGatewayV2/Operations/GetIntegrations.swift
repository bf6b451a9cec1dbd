import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists an API's integrations.
struct GetIntegrations: OperationHandler {
    static let operation = APIGatewayV2API.getIntegrations
    let apis: APIStore

    func access(for input: GetIntegrationsRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/integrations"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetIntegrationsRequest, in context: RequestContext) async throws
        -> GetIntegrationsResponse
    {
        let all = try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
            try transaction.integrations(of: api)
        }
        let page = try Page(
            of: all, maxResults: input.maxResults, nextToken: input.nextToken, id: \.id)
        return GetIntegrationsResponse(
            items: page.items.map { Integration($0) }, nextToken: page.nextToken)
    }
}
