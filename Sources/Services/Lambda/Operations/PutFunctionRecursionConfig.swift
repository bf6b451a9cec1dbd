import LambdaModel
import ServiceKit

/// Says whether events that come round and round to a function are stopped.
///
/// Source: API_PutFunctionRecursionConfig.
struct PutFunctionRecursionConfig: OperationHandler {
    static let operation = LambdaAPI.putFunctionRecursionConfig
    let functions: FunctionStore

    func access(
        for input: PutFunctionRecursionConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("PutFunctionRecursionConfig", reference, in: functions)]
    }

    func handle(
        _ input: PutFunctionRecursionConfigRequest, in context: RequestContext
    ) async throws -> PutFunctionRecursionConfigResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        try await functions.setRecursiveLoop(input.recursiveLoop, of: key)
        return PutFunctionRecursionConfigResponse(recursiveLoop: input.recursiveLoop)
    }
}
