import LambdaModel
import ServiceKit
import Wire

/// Tells when the runtime of a version is brought up to date.
///
/// Source: API_GetRuntimeManagementConfig.
struct GetRuntimeManagementConfig: OperationHandler {
    static let operation = LambdaAPI.getRuntimeManagementConfig
    let functions: FunctionStore

    func access(
        for input: GetRuntimeManagementConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetRuntimeManagementConfig", reference, in: functions)]
    }

    func handle(
        _ input: GetRuntimeManagementConfigRequest, in context: RequestContext
    ) async throws -> GetRuntimeManagementConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let version = try await functions.version(reference)
        let config = try await functions.config(.runtimeManagement, of: reference)?.document
        return GetRuntimeManagementConfigResponse(
            updateRuntimeOn: config?["updateRuntimeOn"]?.stringValue ?? "Auto",
            runtimeVersionArn: config?["runtimeVersionARN"]?.stringValue,
            functionArn: version.key.arn(qualifier: version.version))
    }
}
