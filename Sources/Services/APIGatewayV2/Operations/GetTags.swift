import APIGatewayV2Model
import ServiceKit
import Wire

/// Lists the tags of an API or a stage.
struct GetTags: OperationHandler {
    static let operation = APIGatewayV2API.getTags
    let apis: APIStore

    func access(for input: GetTagsRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:GET", on: APIScope(context).arn("/tags/\(input.resourceArn)"))]
    }

    func handle(_ input: GetTagsRequest, in context: RequestContext) async throws
        -> GetTagsResponse
    {
        let scope = APIScope(context)
        let resource = try TaggedResource(input.resourceArn, in: scope)
        return GetTagsResponse(
            tags: try await apis.read(resource.api, in: scope) { transaction, api in
                try resource.tags(of: api, in: transaction)
            })
    }
}
