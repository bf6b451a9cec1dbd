import APIGatewayV2Model
import ServiceKit
import Wire

/// Adds tags to an API or a stage.
struct TagResource: OperationHandler {
    static let operation = APIGatewayV2API.tagResource
    let apis: APIStore

    func access(for input: TagResourceRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:POST", on: APIScope(context).arn("/tags/\(input.resourceArn)"))]
    }

    func handle(_ input: TagResourceRequest, in context: RequestContext) async throws
        -> TagResourceResponse
    {
        let scope = APIScope(context)
        let resource = try TaggedResource(input.resourceArn, in: scope)
        try await apis.change(resource.api, .rest, in: scope) { transaction, api in
            let tags = try resource.tags(of: api, in: transaction)
            try resource.set(
                tags.merging(input.tags ?? [:]) { $1 }, of: &api, in: transaction)
        }
        return TagResourceResponse()
    }
}
