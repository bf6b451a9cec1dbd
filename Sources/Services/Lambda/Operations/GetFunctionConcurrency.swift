import LambdaModel
import ServiceKit

/// Tells the concurrency that is a function's alone.
///
/// Source: API_GetFunctionConcurrency.
struct GetFunctionConcurrency: OperationHandler {
    static let operation = LambdaAPI.getFunctionConcurrency
    let functions: FunctionStore

    func access(
        for input: GetFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("GetFunctionConcurrency", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> GetFunctionConcurrencyResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        return GetFunctionConcurrencyResponse(
            reservedConcurrentExecutions: try await functions.reservedConcurrency(of: key))
    }
}
