import SSMModel
import ServiceKit
import Wire

/// Gives one of Parameter Store's settings its first value again.
///
/// Source: API_ResetServiceSetting in the Systems Manager API Reference.
struct ResetServiceSetting: OperationHandler {
    static let operation = SSMAPI.resetServiceSetting
    let settings: ServiceSettings

    func access(
        for input: ResetServiceSettingRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [settings.access("ssm:ResetServiceSetting", to: input.settingId, in: context)]
    }

    func handle(
        _ input: ResetServiceSettingRequest, in context: RequestContext
    ) async throws -> ResetServiceSettingResult {
        try await settings.set(input.settingId, to: nil, in: context)
        return ResetServiceSettingResult(
            serviceSetting: try await settings.setting(input.settingId, in: context))
    }
}
