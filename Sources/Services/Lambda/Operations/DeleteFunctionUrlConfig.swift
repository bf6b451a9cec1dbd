import LambdaModel
import ServiceKit
import Wire

/// Takes its URL from a function or alias.
///
/// Source: API_DeleteFunctionUrlConfig.
struct DeleteFunctionUrlConfig: OperationHandler {
    static let operation = LambdaAPI.deleteFunctionUrlConfig
    let functions: FunctionStore

    func access(
        for input: DeleteFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("DeleteFunctionUrlConfig", reference, in: functions)]
    }

    func handle(
        _ input: DeleteFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try FunctionURL.checkQualifier(reference.qualifier)
        try await functions.deleteURL(of: reference)
        return EmptyStructure()
    }
}
