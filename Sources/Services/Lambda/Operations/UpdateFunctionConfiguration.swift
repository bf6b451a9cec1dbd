import LambdaModel
import ServiceKit

/// Changes a function's configuration. The next event runs with it.
///
/// Source: API_UpdateFunctionConfiguration.
struct UpdateFunctionConfiguration: OperationHandler {
    static let operation = LambdaAPI.updateFunctionConfiguration
    let functions: FunctionStore
    let roles: FunctionRole
    let deployments: FunctionDeployments

    func access(
        for input: UpdateFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        let update = AccessRequest.function(
            "UpdateFunctionConfiguration", reference, in: functions)
        return [update] + (input.role.map { [.passRole($0)] } ?? [])
    }

    func handle(
        _ input: UpdateFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        if let role = input.role { try await roles.check(role, for: key, in: context) }
        let (before, after) = try await functions.update(
            key, revision: input.revisionId, at: context.time
        ) { try $0.settings.apply(input) }
        await deployments.retire(before)
        return after.configuration()
    }
}
