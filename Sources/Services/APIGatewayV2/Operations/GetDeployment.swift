import APIGatewayV2Model
import ServiceKit
import Wire

/// Describes a deployment.
struct GetDeployment: OperationHandler {
    static let operation = APIGatewayV2API.getDeployment
    let apis: APIStore

    func access(for input: GetDeploymentRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/deployments/\(input.deploymentId)"
        return [AccessRequest("apigateway:GET", on: APIScope(context).arn(path))]
    }

    func handle(_ input: GetDeploymentRequest, in context: RequestContext) async throws
        -> GetDeploymentResponse
    {
        GetDeploymentResponse(
            try await apis.read(input.apiId, in: APIScope(context)) { transaction, api in
                try transaction.deployment(input.deploymentId, of: api)
            })
    }
}
