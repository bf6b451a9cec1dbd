import LambdaModel
import ServiceKit

/// Changes what becomes of asynchronous events; what the request does not name stays.
///
/// Source: API_UpdateFunctionEventInvokeConfig.
struct UpdateFunctionEventInvokeConfig: OperationHandler {
    static let operation = LambdaAPI.updateFunctionEventInvokeConfig
    let functions: FunctionStore

    func access(
        for input: UpdateFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("UpdateFunctionEventInvokeConfig", reference, in: functions)]
    }

    func handle(
        _ input: UpdateFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> FunctionEventInvokeConfig {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let config = try await EventInvokeConfigs.change(
            reference, in: functions, at: context.time
        ) { before in
            guard var config = before else {
                throw EventInvokeConfigs.notFound(reference)
            }
            try config.apply(
                retries: input.maximumRetryAttempts, ageSeconds: input.maximumEventAgeInSeconds,
                destinations: input.destinationConfig, of: reference.key)
            return config
        }
        return EventInvokeConfig(config.document).model(
            of: config.reference, modified: config.modified)
    }
}
