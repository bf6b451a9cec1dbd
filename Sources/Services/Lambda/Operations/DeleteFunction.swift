import LambdaModel
import ServiceKit

/// Deletes a function with its policy, URLs and code; or a version of it.
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
            guard reference.aliasName == nil else {
                throw LambdaRefusal.invalidParameter(
                    "Deletion of aliases is not currently supported.")
            }
            if let version = try await functions.deleteVersion(reference) {
                try await forget(version)
            }
            return DeleteFunctionResponse(statusCode: 204)
        }
        for version in try await functions.delete(reference.key) { try await forget(version) }
        return DeleteFunctionResponse(statusCode: 204)
    }

    /// Ends a version's environments, and deletes its code unless another version has it too.
    private func forget(_ version: FunctionVersion) async throws {
        await deployments.retire(version)
        if try await functions.code(blob: version.code.blob) == nil {
            await code.discard(version.code)
        }
    }
}
