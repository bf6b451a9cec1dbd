import LambdaModel
import ServiceKit

/// Tells what becomes of asynchronous events.
///
/// Source: API_GetFunctionEventInvokeConfig.
struct GetFunctionEventInvokeConfig: OperationHandler {
    static let operation = LambdaAPI.getFunctionEventInvokeConfig
    let functions: FunctionStore

    func access(
        for input: GetFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetFunctionEventInvokeConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionEventInvokeConfigRequest, in context: RequestContext
    ) async throws -> FunctionEventInvokeConfig {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        guard let config = try await functions.config(.eventInvoke, of: reference) else {
            throw EventInvokeConfigs.notFound(reference)
        }
        return EventInvokeConfig(config.document).model(
            of: config.reference, modified: config.modified)
    }
}
