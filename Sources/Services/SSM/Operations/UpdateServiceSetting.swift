import SSMModel
import ServiceKit
import Wire

/// Gives one of Parameter Store's settings another value.
///
/// Source: API_UpdateServiceSetting in the Systems Manager API Reference.
struct UpdateServiceSetting: OperationHandler {
    static let operation = SSMAPI.updateServiceSetting
    let settings: ServiceSettings

    func access(
        for input: UpdateServiceSettingRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [settings.access("ssm:UpdateServiceSetting", to: input.settingId, in: context)]
    }

    func handle(
        _ input: UpdateServiceSettingRequest, in context: RequestContext
    ) async throws -> UpdateServiceSettingResult {
        try await settings.set(input.settingId, to: input.settingValue, in: context)
        return UpdateServiceSettingResult()
    }
}
