import SSMModel
import ServiceKit
import Wire

/// Answers one of Parameter Store's settings.
///
/// Source: API_GetServiceSetting in the Systems Manager API Reference.
struct GetServiceSetting: OperationHandler {
    static let operation = SSMAPI.getServiceSetting
    let settings: ServiceSettings

    func access(
        for input: GetServiceSettingRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [settings.access("ssm:GetServiceSetting", to: input.settingId, in: context)]
    }

    func handle(
        _ input: GetServiceSettingRequest, in context: RequestContext
    ) async throws -> GetServiceSettingResult {
        GetServiceSettingResult(
            serviceSetting: try await settings.setting(input.settingId, in: context))
    }
}
