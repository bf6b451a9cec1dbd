import LambdaModel
import ServiceKit
import Wire

/// Deletes an alias with its policy, URL and configurations; one that is not there is deleted already.
///
/// Source: API_DeleteAlias.
struct DeleteAlias: OperationHandler {
    static let operation = LambdaAPI.deleteAlias
    let functions: FunctionStore

    func access(
        for input: DeleteAliasRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("DeleteAlias", reference.with(qualifier: nil), in: functions)]
    }

    func handle(
        _ input: DeleteAliasRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let key = try FunctionReference(input.functionName, in: context).key
        try await functions.deleteAlias(input.name, of: key)
        return EmptyStructure()
    }
}
