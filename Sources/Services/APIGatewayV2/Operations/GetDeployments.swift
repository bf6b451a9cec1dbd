import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists an API's deployments.
struct GetDeployments: OperationHandler {
    static let operation = APIGatewayV2API.getDeployments
    let apis: APIStore

    func access(for input: GetDeploymentsRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/deployments"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetDeploymentsRequest, in context: RequestContext) async throws
        -> GetDeploymentsResponse
    {
        let all = try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
            try transaction.deployments(of: api)
        }
        let page = try Page(
            of: all, maxResults: input.maxResults, nextToken: input.nextToken, id: \.id)
        return GetDeploymentsResponse(
            items: page.items.map { Deployment($0) }, nextToken: page.nextToken)
    }
}
