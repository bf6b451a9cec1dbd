import IAMModel
import ServiceKit
import Wire

/// Says which form tokens of the global endpoint have; Apus has one form.
///
/// Source: API_SetSecurityTokenServicePreferences in the IAM API Reference.
struct SetSecurityTokenServicePreferences: OperationHandler {
    static let operation = IAMAPI.setSecurityTokenServicePreferences
    let store: IAMStore

    func access(
        for input: SetSecurityTokenServicePreferencesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:SetSecurityTokenServicePreferences")]
    }

    func handle(
        _ input: SetSecurityTokenServicePreferencesRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.set(
            .tokenVersion, of: context.account, to: input.globalEndpointTokenVersion)
        return EmptyStructure()
    }
}
