import APIGatewayV2Model
import ServiceKit
import Wire

/// Removes a stage, which is then served no more.
struct DeleteStage: OperationHandler {
    static let operation = APIGatewayV2API.deleteStage
    let apis: APIStore

    func access(for input: DeleteStageRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/stages/\(input.stageName)"
        return [AccessRequest("apigateway:DELETE", on: APIScope(context).arn(path))]
    }

    func handle(_ input: DeleteStageRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.change(input.apiId, .rest, in: APIScope(context)) { transaction, api in
            try transaction.delete(transaction.stage(input.stageName, of: api), of: api)
            try transaction.deleteUnusedAutomaticDeployments(of: api)
        }
        return EmptyStructure()
    }
}
