import APIGatewayV2Model
import ServiceKit
import Wire

/// Keeps an API as it stands, and lets a stage serve it so.
struct CreateDeployment: OperationHandler {
    static let operation = APIGatewayV2API.createDeployment
    let apis: APIStore

    func access(for input: CreateDeploymentRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/deployments"
        return [AccessRequest("apigateway:POST", on: APIScope(context).arn(path))]
    }

    func handle(_ input: CreateDeploymentRequest, in context: RequestContext) async throws
        -> CreateDeploymentResponse
    {
        let deployment = DeploymentRecord(
            id: apis.deploymentID(), created: apis.now, isAutomatic: false,
            description: input.description)
        try await apis.change(input.apiId, .rest, in: APIScope(context)) {
            [apis] transaction, api in
            let routes = try transaction.routes(of: api)
            guard !routes.isEmpty else {
                throw APIRefusal.badRequest(
                    "Unable to deploy API because no routes exist in this API")
            }
            try transaction.save(
                deployment,
                Snapshot(api, routes: routes, integrations: transaction.integrations(of: api)),
                of: api)
            guard let name = input.stageName else { return }
            var stage = try transaction.stage(name, of: api)
            stage.deploymentID = deployment.id
            stage.updated = apis.now
            stage.deploymentMessage =
                "Successfully deployed stage with deployment ID '\(deployment.id)'"
            try transaction.save(stage, of: api)
            try transaction.deleteUnusedAutomaticDeployments(of: api)
        }
        return CreateDeploymentResponse(deployment)
    }
}
