import LambdaModel
import ServiceKit

/// Tells how far the environments have got that are kept warm.
///
/// Source: API_GetProvisionedConcurrencyConfig.
struct GetProvisionedConcurrencyConfig: OperationHandler {
    static let operation = LambdaAPI.getProvisionedConcurrencyConfig
    let functions: FunctionStore
    let provisioned: ProvisionedEnvironments

    func access(
        for input: GetProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetProvisionedConcurrencyConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> GetProvisionedConcurrencyConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try ProvisionedConcurrency.checkQualifier(reference)
        guard let config = try await functions.config(.provisionedConcurrency, of: reference)
        else { throw ProvisionedConcurrency.notFound }
        let state = provisioned.state(of: config.reference)
        return GetProvisionedConcurrencyConfigResponse(
            requestedProvisionedConcurrentExecutions:
                ProvisionedConcurrency(config.document).requested,
            availableProvisionedConcurrentExecutions: state.allocated,
            allocatedProvisionedConcurrentExecutions: state.allocated, status: state.status,
            statusReason: state.reason, lastModified: config.modified.lambdaText)
    }
}
