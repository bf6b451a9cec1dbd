import LambdaModel
import ServiceKit

/// Keeps environments of a version or alias warm.
///
/// Source: API_PutProvisionedConcurrencyConfig.
struct PutProvisionedConcurrencyConfig: OperationHandler {
    static let operation = LambdaAPI.putProvisionedConcurrencyConfig
    let functions: FunctionStore
    let provisioned: ProvisionedEnvironments

    func access(
        for input: PutProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("PutProvisionedConcurrencyConfig", reference, in: functions)]
    }

    func handle(
        _ input: PutProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> PutProvisionedConcurrencyConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let requested = input.provisionedConcurrentExecutions
        try ProvisionedConcurrency.checkQualifier(reference)
        let config = try await functions.changeConfig(
            .provisionedConcurrency, of: reference, at: context.time
        ) { _, transaction in
            try FunctionStore.checkProvisioning(requested, of: reference, in: transaction)
            return ProvisionedConcurrency(requested: requested).document
        }
        provisioned.reconcile()
        return PutProvisionedConcurrencyConfigResponse(
            requestedProvisionedConcurrentExecutions: requested,
            availableProvisionedConcurrentExecutions: 0,
            allocatedProvisionedConcurrentExecutions: 0, status: "IN_PROGRESS",
            lastModified: (config?.modified ?? context.time).lambdaText)
    }
}
