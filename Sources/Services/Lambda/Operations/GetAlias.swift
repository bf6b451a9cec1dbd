import LambdaModel
import ServiceKit

/// Tells what an alias names.
///
/// Source: API_GetAlias.
struct GetAlias: OperationHandler {
    static let operation = LambdaAPI.getAlias
    let functions: FunctionStore

    func access(
        for input: GetAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("GetAlias", reference.with(qualifier: nil), in: functions)]
    }

    func handle(
        _ input: GetAliasRequest, in context: RequestContext
    ) async throws -> AliasConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        return try await functions.alias(input.name, of: key).configuration
    }
}
