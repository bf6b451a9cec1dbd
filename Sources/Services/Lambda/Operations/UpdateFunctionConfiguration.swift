import LambdaModel
import ServiceKit
import Wire

/// Changes a function's configuration. The next event runs with it.
///
/// Source: API_UpdateFunctionConfiguration.
struct UpdateFunctionConfiguration: OperationHandler {
    static let operation = LambdaAPI.updateFunctionConfiguration
    let functions: FunctionStore
    let layers: LayerStore
    let roles: FunctionRole
    let deployments: FunctionDeployments

    static func error(for violations: [ConstraintViolation]) -> AWSError? {
        LambdaRefusal.unknownRuntime(violations)
    }

    func access(
        for input: UpdateFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        var keys: [String: [String]] = [:]
        keys["lambda:Layer"] = input.layers
        let update = AccessRequest.function(
            "UpdateFunctionConfiguration", reference, in: functions, conditionKeys: keys)
        return [update] + (input.role.map { [.passRole($0)] } ?? [])
            + AccessRequest.layers(input.layers, in: layers)
    }

    func handle(
        _ input: UpdateFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        if let role = input.role { try await roles.check(role, for: key, in: context) }
        var uses: [LayerUse]?
        if let arns = input.layers { uses = try await layers.resolve(arns, for: key) }
        let (before, after) = try await functions.update(
            key, revision: input.revisionId, at: context.time
        ) { [uses] version in
            try version.settings.apply(input, layers: uses)
            try LayerUse.check(version.settings.layers, with: version.code)
        }
        await deployments.retire(before)
        return after.configuration()
    }
}
