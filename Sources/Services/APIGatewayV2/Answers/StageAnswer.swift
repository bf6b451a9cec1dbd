import APIGatewayV2Model
import Platform
import Wire

/// What AWS answers of a stage; four structures of the model have these members.
protocol StageAnswer: Structure {
    var apiGatewayManaged: Bool? { get set }
    var autoDeploy: Bool? { get set }
    var createdDate: Instant? { get set }
    var defaultRouteSettings: RouteSettings? { get set }
    var deploymentId: String? { get set }
    var description: String? { get set }
    var lastDeploymentStatusMessage: String? { get set }
    var lastUpdatedDate: Instant? { get set }
    var routeSettings: [String: RouteSettings]? { get set }
    var stageVariables: [String: String]? { get set }
    var tags: [String: String]? { get set }

    /// Sets the member that is required in one of the structures and optional in the others.
    mutating func set(stageName: String)
}

extension StageAnswer {
    init(_ stage: StageRecord) {
        self.init()
        apiGatewayManaged = stage.isManaged ? true : nil
        autoDeploy = stage.isAutomatic ? true : nil
        createdDate = stage.created
        defaultRouteSettings = RouteSettings(detailedMetricsEnabled: false)
        deploymentId = stage.deploymentID
        description = stage.description
        lastDeploymentStatusMessage = stage.deploymentMessage
        lastUpdatedDate = stage.updated
        routeSettings = [:]
        stageVariables = stage.variables
        tags = stage.tags
        set(stageName: stage.name)
    }
}

extension CreateStageResponse: StageAnswer {
    mutating func set(stageName: String) { self.stageName = stageName }
}

extension GetStageResponse: StageAnswer {
    mutating func set(stageName: String) { self.stageName = stageName }
}

extension UpdateStageResponse: StageAnswer {
    mutating func set(stageName: String) { self.stageName = stageName }
}

extension Stage: StageAnswer {
    mutating func set(stageName: String) { self.stageName = stageName }
}
