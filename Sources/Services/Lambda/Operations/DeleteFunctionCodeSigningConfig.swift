import LambdaModel
import ServiceKit
import Wire

/// Takes its code signing configuration from a function.
///
/// Source: API_DeleteFunctionCodeSigningConfig.
struct DeleteFunctionCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.deleteFunctionCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: DeleteFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("DeleteFunctionCodeSigningConfig", reference, in: functions)]
    }

    func handle(
        _ input: DeleteFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let key = try FunctionReference(input.functionName, in: context).key
        try await functions.setCodeSigning(nil, of: key)
        return EmptyStructure()
    }
}
