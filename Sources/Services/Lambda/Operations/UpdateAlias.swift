import LambdaModel
import ServiceKit

/// Changes what an alias names, and how events are shared between two versions.
///
/// Source: API_UpdateAlias.
struct UpdateAlias: OperationHandler {
    static let operation = LambdaAPI.updateAlias
    let functions: FunctionStore

    func access(
        for input: UpdateAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("UpdateAlias", reference.with(qualifier: nil), in: functions)]
    }

    func handle(
        _ input: UpdateAliasRequest, in context: RequestContext
    ) async throws -> AliasConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        let alias = try await functions.updateAlias(
            input.name, of: key, revision: input.revisionId
        ) { alias in
            alias.version = input.functionVersion ?? alias.version
            alias.description = input.description ?? alias.description
            if let config = input.routingConfig { alias.routing = try AliasRouting(config) }
            try alias.checkRouting()
        }
        return alias.configuration
    }
}
