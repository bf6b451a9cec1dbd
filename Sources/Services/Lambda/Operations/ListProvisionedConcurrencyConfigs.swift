import LambdaModel
import ServiceKit

/// Lists what is kept warm of a function, a page at a time.
///
/// Source: API_ListProvisionedConcurrencyConfigs.
struct ListProvisionedConcurrencyConfigs: OperationHandler {
    static let operation = LambdaAPI.listProvisionedConcurrencyConfigs
    let functions: FunctionStore
    let provisioned: ProvisionedEnvironments

    func access(
        for input: ListProvisionedConcurrencyConfigsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("ListProvisionedConcurrencyConfigs", reference, in: functions)]
    }

    func handle(
        _ input: ListProvisionedConcurrencyConfigsRequest, in context: RequestContext
    ) async throws -> ListProvisionedConcurrencyConfigsResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.configs(
            .provisionedConcurrency, of: key, after: try PageMarker.name(input.marker),
            limit: size + 1)
        let page = found.prefix(size)
        return ListProvisionedConcurrencyConfigsResponse(
            provisionedConcurrencyConfigs: page.map { config in
                let state = provisioned.state(of: config.reference)
                return ProvisionedConcurrencyConfigListItem(
                    functionArn: config.reference.arn,
                    requestedProvisionedConcurrentExecutions:
                        ProvisionedConcurrency(config.document).requested,
                    availableProvisionedConcurrentExecutions: state.allocated,
                    allocatedProvisionedConcurrentExecutions: state.allocated,
                    status: state.status, statusReason: state.reason,
                    lastModified: config.modified.lambdaText)
            },
            nextMarker: found.count > size
                ? page.last.map { PageMarker.after($0.reference.version) } : nil)
    }
}
