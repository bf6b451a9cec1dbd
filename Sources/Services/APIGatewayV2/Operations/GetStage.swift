import APIGatewayV2Model
import ServiceKit
import Wire

/// Describes a stage.
struct GetStage: OperationHandler {
    static let operation = APIGatewayV2API.getStage
    let apis: APIStore

    func access(for input: GetStageRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/stages/\(input.stageName)"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetStageRequest, in context: RequestContext) async throws
        -> GetStageResponse
    {
        GetStageResponse(
            try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
                try transaction.stage(input.stageName, of: api)
            })
    }
}
