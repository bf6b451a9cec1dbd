import LambdaModel
import ServiceKit
import Wire

/// Keeps environments of a version or alias warm no longer.
///
/// Source: API_DeleteProvisionedConcurrencyConfig.
struct DeleteProvisionedConcurrencyConfig: OperationHandler {
    static let operation = LambdaAPI.deleteProvisionedConcurrencyConfig
    let functions: FunctionStore
    let provisioned: ProvisionedEnvironments

    func access(
        for input: DeleteProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("DeleteProvisionedConcurrencyConfig", reference, in: functions)]
    }

    func handle(
        _ input: DeleteProvisionedConcurrencyConfigRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try ProvisionedConcurrency.checkQualifier(reference)
        try await functions.changeConfig(
            .provisionedConcurrency, of: reference, at: context.time
        ) { _, _ in nil }
        provisioned.reconcile()
        return EmptyStructure()
    }
}
