import LambdaModel
import ServiceKit
import Wire

/// Lets a function share the account's concurrency again.
///
/// Source: API_DeleteFunctionConcurrency.
struct DeleteFunctionConcurrency: OperationHandler {
    static let operation = LambdaAPI.deleteFunctionConcurrency
    let functions: FunctionStore

    func access(
        for input: DeleteFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("DeleteFunctionConcurrency", reference, in: functions)]
    }

    func handle(
        _ input: DeleteFunctionConcurrencyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let key = try FunctionReference(input.functionName, in: context).key
        try await functions.reserveConcurrency(nil, for: key)
        return EmptyStructure()
    }
}
