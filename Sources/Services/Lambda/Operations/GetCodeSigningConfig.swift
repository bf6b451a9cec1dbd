import LambdaModel
import ServiceKit

/// Tells a code signing configuration.
///
/// Source: API_GetCodeSigningConfig.
struct GetCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.getCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: GetCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:GetCodeSigningConfig", on: input.codeSigningConfigArn)]
    }

    func handle(
        _ input: GetCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> GetCodeSigningConfigResponse {
        let id = try CodeSigning.id(input.codeSigningConfigArn, in: context)
        guard
            let config = try await functions.codeSigning(
                id, account: context.account, region: context.region)
        else { throw CodeSigning.notFound(input.codeSigningConfigArn) }
        return GetCodeSigningConfigResponse(codeSigningConfig: config.model)
    }
}
