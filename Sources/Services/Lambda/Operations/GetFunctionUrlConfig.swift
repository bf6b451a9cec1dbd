import LambdaModel
import ServiceKit

/// Tells about a function's or alias's URL.
///
/// Source: API_GetFunctionUrlConfig.
struct GetFunctionUrlConfig: OperationHandler {
    static let operation = LambdaAPI.getFunctionUrlConfig
    let functions: FunctionStore

    func access(
        for input: GetFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetFunctionUrlConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> GetFunctionUrlConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try FunctionURL.checkQualifier(reference.qualifier)
        let config = try await functions.url(of: reference).config(at: context.origin)
        return GetFunctionUrlConfigResponse(
            functionUrl: config.functionUrl, functionArn: config.functionArn,
            authType: config.authType, cors: config.cors, creationTime: config.creationTime,
            lastModifiedTime: config.lastModifiedTime, invokeMode: config.invokeMode)
    }
}
