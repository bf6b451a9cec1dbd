import LambdaModel
import ServiceKit

/// Tells a function's configuration.
///
/// Source: API_GetFunctionConfiguration.
struct GetFunctionConfiguration: OperationHandler {
    static let operation = LambdaAPI.getFunctionConfiguration
    let functions: FunctionStore

    func access(
        for input: GetFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetFunctionConfiguration", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionConfigurationRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return try await functions.version(reference)
            .configuration(qualifier: reference.qualifier)
    }
}
