import LambdaModel
import Platform
import ServiceKit

/// Gives a function or alias a URL.
///
/// Source: API_CreateFunctionUrlConfig.
struct CreateFunctionUrlConfig: OperationHandler {
    static let operation = LambdaAPI.createFunctionUrlConfig
    let functions: FunctionStore
    let randomness: any Randomness

    func access(
        for input: CreateFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [
            .function(
                "CreateFunctionUrlConfig", reference, in: functions,
                conditionKeys: ["lambda:FunctionUrlAuthType": [input.authType]])
        ]
    }

    func handle(
        _ input: CreateFunctionUrlConfigRequest, in context: RequestContext
    ) async throws -> CreateFunctionUrlConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try FunctionURL.checkQualifier(reference.qualifier)
        let url = FunctionURL(
            id: randomness.string(32, from: .lowercaseAlphanumeric), reference: reference,
            authType: input.authType, invokeMode: input.invokeMode ?? "BUFFERED",
            cors: try input.cors.map(CORSPolicy.init), created: context.time,
            modified: context.time)
        try await functions.create(url)
        let config = url.config(at: context.origin)
        return CreateFunctionUrlConfigResponse(
            functionUrl: config.functionUrl, functionArn: config.functionArn,
            authType: config.authType, cors: config.cors, creationTime: config.creationTime,
            invokeMode: config.invokeMode)
    }
}
