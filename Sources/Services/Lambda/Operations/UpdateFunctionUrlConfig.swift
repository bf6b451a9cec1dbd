import LambdaModel
import ServiceKit

/// Changes a function's or alias's URL. The address stays.
///
/// Source: API_UpdateFunctionUrlConfig.
struct UpdateFunctionUrlConfig: OperationHandler {
    static let operation = LambdaAPI.updateFunctionUrlConfig
    let functions: FunctionStore

    func access(
        for input: UpdateFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        var keys: [String: [String]] = [:]
        keys["lambda:FunctionUrlAuthType"] = input.authType.map { [$0] }
        return [
            .function("UpdateFunctionUrlConfig", reference, in: functions, conditionKeys: keys)
        ]
    }

    func handle(
        _ input: UpdateFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> UpdateFunctionUrlConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try FunctionURL.checkQualifier(reference.qualifier)
        let cors = try input.cors.map(CORSPolicy.init)
        let url = try await functions.updateURL(of: reference) { url in
            url.authType = input.authType ?? url.authType
            url.invokeMode = input.invokeMode ?? url.invokeMode
            url.cors = cors ?? url.cors
            url.modified = context.time
        }
        let config = url.config(at: context.origin)
        return UpdateFunctionUrlConfigResponse(
            functionUrl: config.functionUrl, functionArn: config.functionArn,
            authType: config.authType, cors: config.cors, creationTime: config.creationTime,
            lastModifiedTime: config.lastModifiedTime, invokeMode: config.invokeMode)
    }
}
