import APIGatewayV2Model
import ServiceKit
import Wire

/// Adds a stage to an API.
struct CreateStage: OperationHandler {
    static let operation = APIGatewayV2API.createStage
    let apis: APIStore

    func access(for input: CreateStageRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("apigateway:POST", on: APIScope(context).arn("/apis/\(input.apiId)/stages"))]
    }

    func handle(_ input: CreateStageRequest, in context: RequestContext) async throws
        -> CreateStageResponse
    {
        try UnservedFeatures.refuse(
            accessLogs: input.accessLogSettings, defaults: input.defaultRouteSettings,
            routes: input.routeSettings, clientCertificate: input.clientCertificateId)
        try StageRecord.check(name: input.stageName)
        var stage = StageRecord(
            name: input.stageName, created: apis.now, updated: apis.now,
            deploymentID: input.deploymentId, isAutomatic: input.autoDeploy ?? false)
        stage.description = input.description
        stage.variables = input.stageVariables ?? [:]
        try StageRecord.check(variables: stage.variables)
        stage.tags = try Tags.checked(input.tags ?? [:])
        if stage.isAutomatic, stage.deploymentID != nil {
            throw APIRefusal.badRequest("DeploymentId cannot be set with AutoDeploy")
        }
        let created = try await apis.change(input.apiId, .rest, in: APIScope(context)) {
            [apis, stage] transaction, api in
            let stages = try transaction.stages(of: api)
            guard !stages.contains(where: { $0.name == stage.name }) else {
                throw APIGatewayV2Error.conflictException("Stage already exists")
            }
            guard stages.count < APIGatewayV2Limits.stagesPerAPI else {
                throw APIRefusal.tooMany("stages")
            }
            if let deployment = stage.deploymentID {
                _ = try transaction.deployment(deployment, of: api)
            }
            try transaction.save(stage, of: api)
            if stage.isAutomatic { try apis.deploy(api, to: stage, in: transaction) }
            return try transaction.stage(stage.name, of: api)
        }
        return CreateStageResponse(created)
    }
}
