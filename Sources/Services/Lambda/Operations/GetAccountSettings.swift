import LambdaModel
import ServiceKit

/// Tells an account's quotas in a region and how much of them is used.
///
/// Source: API_GetAccountSettings.
struct GetAccountSettings: OperationHandler {
    static let operation = LambdaAPI.getAccountSettings
    let functions: FunctionStore

    func access(
        for input: GetAccountSettingsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:GetAccountSettings")]
    }

    func handle(
        _ input: GetAccountSettingsRequest, in context: RequestContext
    ) async throws -> GetAccountSettingsResponse {
        let usage = try await functions.usage(account: context.account, region: context.region)
        let reserved = try await functions.reservedConcurrency(
            account: context.account, region: context.region)
        return GetAccountSettingsResponse(
            accountLimit: AccountLimit(
                totalCodeSize: LambdaLimits.totalCodeBytes,
                codeSizeUnzipped: LambdaLimits.unzippedBytes,
                codeSizeZipped: LambdaLimits.zippedBytes,
                concurrentExecutions: LambdaLimits.concurrentExecutions,
                unreservedConcurrentExecutions: LambdaLimits.concurrentExecutions - reserved),
            accountUsage: AccountUsage(
                totalCodeSize: usage.codeBytes, functionCount: usage.functions))
    }
}
