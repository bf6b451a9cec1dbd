import LambdaModel
import ServiceKit

/// Says what becomes of the asynchronous events of a function, version or alias.
///
/// Source: API_PutFunctionEventInvokeConfig.
struct PutFunctionEventInvokeConfig: OperationHandler {
    static let operation = LambdaAPI.putFunctionEventInvokeConfig
    let functions: FunctionStore

    func access(
        for input: PutFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("PutFunctionEventInvokeConfig", reference, in: functions)]
    }

    func handle(
        _ input: PutFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> FunctionEventInvokeConfig {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let config = try await EventInvokeConfigs.change(
            reference, in: functions, at: context.time
        ) { before in
            var config = EventInvokeConfig()
            try config.apply(
                retries: input.maximumRetryAttempts, ageSeconds: input.maximumEventAgeInSeconds,
                destinations: input.destinationConfig, of: reference.key)
            return config
        }
        return EventInvokeConfig(config.document).model(
            of: config.reference, modified: config.modified)
    }
}
