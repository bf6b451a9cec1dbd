import LambdaModel
import ServiceKit

/// Tells whether events that come round and round to a function are stopped.
///
/// Source: API_GetFunctionRecursionConfig.
struct GetFunctionRecursionConfig: OperationHandler {
    static let operation = LambdaAPI.getFunctionRecursionConfig
    let functions: FunctionStore

    func access(
        for input: GetFunctionRecursionConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("GetFunctionRecursionConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionRecursionConfigRequest, in context: RequestContext
    ) async throws -> GetFunctionRecursionConfigResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        return GetFunctionRecursionConfigResponse(
            recursiveLoop: try await functions.recursiveLoop(of: key))
    }
}
