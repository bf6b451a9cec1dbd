import APIGatewayV2Model
import ServiceKit
import Wire

/// Changes what a request names of a stage.
struct UpdateStage: OperationHandler {
    static let operation = APIGatewayV2API.updateStage
    let apis: APIStore

    func access(for input: UpdateStageRequest, in context: RequestContext) -> [AccessRequest] {
        let path = "/apis/\(input.apiId)/stages/\(input.stageName)"
        return [AccessRequest("apigateway:PATCH", on: APIScope(context).arn(path))]
    }

    func handle(_ input: UpdateStageRequest, in context: RequestContext) async throws
        -> UpdateStageResponse
    {
        try UnservedFeatures.refuse(
            accessLogs: input.accessLogSettings, defaults: input.defaultRouteSettings,
            routes: input.routeSettings, clientCertificate: input.clientCertificateId)
        if let variables = input.stageVariables { try StageRecord.check(variables: variables) }
        let changed = try await apis.change(input.apiId, .rest, in: APIScope(context)) {
            [apis] transaction, api in
            var stage = try transaction.stage(input.stageName, of: api)
            let wasAutomatic = stage.isAutomatic
            stage.updated = apis.now
            stage.isAutomatic = input.autoDeploy ?? stage.isAutomatic
            stage.description = input.description ?? stage.description
            stage.variables = input.stageVariables ?? stage.variables
            if let deployment = input.deploymentId {
                guard !stage.isAutomatic else {
                    throw APIRefusal.badRequest("DeploymentId cannot be set with AutoDeploy")
                }
                stage.deploymentID = try transaction.deployment(deployment, of: api).id
            }
            try transaction.save(stage, of: api)
            if stage.isAutomatic, !wasAutomatic { try apis.deploy(api, to: stage, in: transaction) }
            return try transaction.stage(stage.name, of: api)
        }
        return UpdateStageResponse(changed)
    }
}
