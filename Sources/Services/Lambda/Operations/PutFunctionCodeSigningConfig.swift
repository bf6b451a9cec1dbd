import LambdaModel
import ServiceKit

/// Gives a function a code signing configuration, for the code that it gets from now on.
///
/// Source: API_PutFunctionCodeSigningConfig.
struct PutFunctionCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.putFunctionCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: PutFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [
            .function("PutFunctionCodeSigningConfig", reference, in: functions),
            AccessRequest("lambda:PutFunctionCodeSigningConfig", on: input.codeSigningConfigArn),
        ]
    }

    func handle(
        _ input: PutFunctionCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> PutFunctionCodeSigningConfigResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        let id = try CodeSigning.id(input.codeSigningConfigArn, in: context)
        let config = try await functions.codeSigning(
            id, account: context.account, region: context.region)
        guard config != nil else { throw CodeSigning.notFound(input.codeSigningConfigArn) }
        try await functions.setCodeSigning(id, of: key)
        return PutFunctionCodeSigningConfigResponse(
            codeSigningConfigArn: input.codeSigningConfigArn, functionName: key.name)
    }
}
