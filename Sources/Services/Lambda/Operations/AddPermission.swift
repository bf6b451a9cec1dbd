import LambdaModel
import ServiceKit
import Wire

/// Adds a statement to a function's resource policy.
///
/// Source: API_AddPermission.
struct AddPermission: OperationHandler {
    static let operation = LambdaAPI.addPermission
    let functions: FunctionStore

    func access(
        for input: AddPermissionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        var keys = ["lambda:Principal": [input.principal]]
        keys["lambda:FunctionUrlAuthType"] = input.functionUrlAuthType.map { [$0] }
        return [.function("AddPermission", reference, in: functions, conditionKeys: keys)]
    }

    func handle(
        _ input: AddPermissionRequest, in context: RequestContext
    ) async throws -> AddPermissionResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        guard reference.qualifier != FunctionVersion.latest else {
            throw LambdaRefusal.invalidParameter(
                "We currently do not support adding policies for $LATEST.")
        }
        let statement = try PermissionStatement(input, on: reference.arn)
        try await functions.add(statement, to: reference, revision: input.revisionId)
        return AddPermissionResponse(statement: statement.document.jsonText)
    }
}
