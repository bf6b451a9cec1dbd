import APIGatewayV2Model
import Wire

/// What AWS answers of an integration; four structures of the model have these members.
protocol IntegrationAnswer: Structure {
    var apiGatewayManaged: Bool? { get set }
    var connectionType: String? { get set }
    var credentialsArn: String? { get set }
    var description: String? { get set }
    var integrationId: String? { get set }
    var integrationMethod: String? { get set }
    var integrationType: String? { get set }
    var integrationUri: String? { get set }
    var payloadFormatVersion: String? { get set }
    var timeoutInMillis: Int? { get set }
}

extension IntegrationAnswer {
    init(_ integration: IntegrationRecord) {
        self.init()
        let settings = integration.settings
        apiGatewayManaged = settings.isManaged ? true : nil
        connectionType = "INTERNET"
        credentialsArn = settings.credentialsARN
        description = settings.description
        integrationId = integration.id
        integrationMethod = "POST"
        integrationType = "AWS_PROXY"
        integrationUri = settings.uri
        payloadFormatVersion = settings.payloadFormat
        timeoutInMillis = settings.timeoutMilliseconds
    }
}

extension CreateIntegrationResult: IntegrationAnswer {}
extension GetIntegrationResult: IntegrationAnswer {}
extension UpdateIntegrationResult: IntegrationAnswer {}
extension Integration: IntegrationAnswer {}
