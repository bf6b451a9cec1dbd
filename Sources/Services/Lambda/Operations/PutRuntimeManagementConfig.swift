import LambdaModel
import ServiceKit
import Wire

/// Says when the runtime of a version is brought up to date; the machine has one of each, so it stays.
///
/// Source: API_PutRuntimeManagementConfig.
struct PutRuntimeManagementConfig: OperationHandler {
    static let operation = LambdaAPI.putRuntimeManagementConfig
    let functions: FunctionStore

    func access(
        for input: PutRuntimeManagementConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("PutRuntimeManagementConfig", reference, in: functions)]
    }

    func handle(
        _ input: PutRuntimeManagementConfigRequest, in context: RequestContext
    ) async throws -> PutRuntimeManagementConfigResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        guard (input.updateRuntimeOn == "Manual") == (input.runtimeVersionArn != nil) else {
            throw LambdaRefusal.invalidParameter(
                "RuntimeVersionArn must be given with UpdateRuntimeOn Manual, and with nothing "
                    + "else.")
        }
        let version = try await functions.version(reference)
        if let wanted = input.runtimeVersionArn, wanted != version.runtimeVersionARN {
            throw LambdaRefusal.invalidParameter(
                "The runtime version \(wanted) is not there for \(version.settings.runtime).")
        }
        try await functions.changeConfig(
            .runtimeManagement, of: reference, at: context.time
        ) { _, _ in
            var members: [String: Document] = ["updateRuntimeOn": .string(input.updateRuntimeOn)]
            members["runtimeVersionARN"] = input.runtimeVersionArn.map { .string($0) }
            return .object(members)
        }
        return PutRuntimeManagementConfigResponse(
            updateRuntimeOn: input.updateRuntimeOn,
            functionArn: version.key.arn(qualifier: version.version),
            runtimeVersionArn: input.runtimeVersionArn)
    }
}
