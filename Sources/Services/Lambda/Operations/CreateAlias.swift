import LambdaModel
import Platform
import ServiceKit

/// Gives a version of a function a name.
///
/// Source: API_CreateAlias.
struct CreateAlias: OperationHandler {
    static let operation = LambdaAPI.createAlias
    let functions: FunctionStore
    let randomness: any Randomness

    func access(
        for input: CreateAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("CreateAlias", reference.with(qualifier: nil), in: functions)]
    }

    func handle(
        _ input: CreateAliasRequest, in context: RequestContext
    ) async throws -> AliasConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        let alias = FunctionAlias(
            key: key, name: input.name, version: input.functionVersion,
            description: input.description ?? "",
            routing: try input.routingConfig.flatMap { try AliasRouting($0) },
            revisionID: randomness.uuid())
        try alias.checkRouting()
        try await functions.create(alias)
        return alias.configuration
    }
}
