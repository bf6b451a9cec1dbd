import APIGatewayV2Model
import Platform
import Wire

/// What AWS answers of a deployment; three structures of the model have these members.
protocol DeploymentAnswer: Structure {
    var autoDeployed: Bool? { get set }
    var createdDate: Instant? { get set }
    var deploymentId: String? { get set }
    var deploymentStatus: String? { get set }
    var description: String? { get set }
}

extension DeploymentAnswer {
    init(_ deployment: DeploymentRecord) {
        self.init()
        autoDeployed = deployment.isAutomatic
        createdDate = deployment.created
        deploymentId = deployment.id
        deploymentStatus = "DEPLOYED"
        description = deployment.description
    }
}

extension CreateDeploymentResponse: DeploymentAnswer {}
extension GetDeploymentResponse: DeploymentAnswer {}
extension Deployment: DeploymentAnswer {}
