import LambdaModel
import ServiceKit

/// Gives a function a part of the account's concurrency that is its alone.
///
/// Source: API_PutFunctionConcurrency.
struct PutFunctionConcurrency: OperationHandler {
    static let operation = LambdaAPI.putFunctionConcurrency
    let functions: FunctionStore

    func access(
        for input: PutFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("PutFunctionConcurrency", reference, in: functions)]
    }

    func handle(
        _ input: PutFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> Concurrency {
        let key = try FunctionReference(input.functionName, in: context).key
        let count = input.reservedConcurrentExecutions
        try await functions.reserveConcurrency(count, for: key)
        return Concurrency(reservedConcurrentExecutions: count)
    }
}
