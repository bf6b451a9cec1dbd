import LambdaModel
import ServiceKit

/// Deletes a code signing configuration that no function has.
///
/// Source: API_DeleteCodeSigningConfig.
struct DeleteCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.deleteCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: DeleteCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:DeleteCodeSigningConfig", on: input.codeSigningConfigArn)]
    }

    func handle(
        _ input: DeleteCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> DeleteCodeSigningConfigResponse {
        let id = try CodeSigning.id(input.codeSigningConfigArn, in: context)
        let isDeleted = try await functions.deleteCodeSigning(
            id, account: context.account, region: context.region)
        guard isDeleted else { throw CodeSigning.notFound(input.codeSigningConfigArn) }
        return DeleteCodeSigningConfigResponse()
    }
}
