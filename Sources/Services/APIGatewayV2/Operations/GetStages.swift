import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists an API's stages.
struct GetStages: OperationHandler {
    static let operation = APIGatewayV2API.getStages
    let apis: APIStore

    func access(for input: GetStagesRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:GET", on: APIScope(context).arn("/apis/\(input.apiId)/stages"))]
    }

    func handle(_ input: GetStagesRequest, in context: RequestContext) async throws
        -> GetStagesResponse
    {
        let all = try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
            try transaction.stages(of: api)
        }
        let page = try Page(
            of: all, maxResults: input.maxResults, nextToken: input.nextToken, id: \.name)
        return GetStagesResponse(items: page.items.map { Stage($0) }, nextToken: page.nextToken)
    }
}
