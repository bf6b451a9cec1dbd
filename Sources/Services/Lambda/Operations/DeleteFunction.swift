import LambdaModel
import ServiceKit

/// Deletes a function with its policy, URLs and code.
///
/// Source: API_DeleteFunction.
struct DeleteFunction: OperationHandler {
    static let operation = LambdaAPI.deleteFunction
    let functions: FunctionStore
    let code: CodeStore
    let deployments: FunctionDeployments

    func access(
        for input: DeleteFunctionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("DeleteFunction", reference, in: functions)]
    }

    func handle(
        _ input: DeleteFunctionRequest, in context: RequestContext
    ) async throws -> DeleteFunctionResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        if let qualifier = reference.qualifier {
            guard qualifier != FunctionVersion.latest else {
                throw LambdaRefusal.invalidParameter(
                    "$LATEST version cannot be deleted without deleting the function.")
            }
            // There are no other versions, so what is missing is the version or the function.
            _ = try await functions.version(FunctionReference(key: reference.key))
            throw LambdaRefusal.functionNotFound(reference.arn)
        }
        for version in try await functions.delete(reference.key) {
            await deployments.retire(version)
            await code.discard(version.code)
        }
        return DeleteFunctionResponse(statusCode: 204)
    }
}
