import LambdaModel
import ServiceKit

/// Tells a function's code signing configuration.
///
/// Source: API_GetFunctionCodeSigningConfig.
struct GetFunctionCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.getFunctionCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: GetFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("GetFunctionCodeSigningConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> GetFunctionCodeSigningConfigResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        guard let id = try await functions.codeSigningID(of: key) else {
            throw LambdaError.resourceNotFoundException.user(
                "No code signing configuration is attached to the function \(key.arn).")
        }
        return GetFunctionCodeSigningConfigResponse(
            codeSigningConfigArn:
                "arn:aws:lambda:\(key.region):\(key.account):code-signing-config:\(id)",
            functionName: key.name)
    }
}
