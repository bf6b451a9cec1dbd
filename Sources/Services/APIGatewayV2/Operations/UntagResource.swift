import APIGatewayV2Model
import ServiceKit
import Wire

/// Removes tags from an API or a stage.
struct UntagResource: OperationHandler {
    static let operation = APIGatewayV2API.untagResource
    let apis: APIStore

    func access(for input: UntagResourceRequest, in context: RequestContext) -> [AccessRequest] {
        [
            AccessRequest(
                "apigateway:DELETE", on: APIScope(context).arn("/tags/\(input.resourceArn)"))
        ]
    }

    func handle(_ input: UntagResourceRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let scope = APIScope(context)
        let resource = try TaggedResource(input.resourceArn, in: scope)
        try await apis.change(resource.api, .rest, in: scope) { transaction, api in
            let tags = try resource.tags(of: api, in: transaction)
            try resource.set(
                tags.filter { !input.tagKeys.contains($0.key) }, of: &api, in: transaction)
        }
        return EmptyStructure()
    }
}
