import LambdaModel
import ServiceKit
import Wire

/// Takes a statement out of a function's resource policy.
///
/// Source: API_RemovePermission.
struct RemovePermission: OperationHandler {
    static let operation = LambdaAPI.removePermission
    let functions: FunctionStore

    func access(
        for input: RemovePermissionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("RemovePermission", reference, in: functions)]
    }

    func handle(
        _ input: RemovePermissionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        try await functions.removeStatement(
            input.statementId, from: reference, revision: input.revisionId)
        return EmptyStructure()
    }
}
