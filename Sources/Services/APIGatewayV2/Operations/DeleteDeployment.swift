import APIGatewayV2Model
import ServiceKit
import Wire

/// Deletes a deployment that no stage serves.
struct DeleteDeployment: OperationHandler {
    static let operation = APIGatewayV2API.deleteDeployment
    let apis: APIStore

    func access(for input: DeleteDeploymentRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/deployments/\(input.deploymentId)"
        return [AccessRequest("apigateway:DELETE", on: APIScope(context).arn(path))]
    }

    func handle(_ input: DeleteDeploymentRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await apis.change(input.apiId, .rest, in: APIScope(context)) { transaction, api in
            try transaction.delete(transaction.deployment(input.deploymentId, of: api), of: api)
        }
        return EmptyStructure()
    }
}
