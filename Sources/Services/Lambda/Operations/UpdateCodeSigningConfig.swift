import LambdaModel
import ServiceKit

/// Changes a code signing configuration; what the request does not name stays.
///
/// Source: API_UpdateCodeSigningConfig.
struct UpdateCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.updateCodeSigningConfig
    let functions: FunctionStore

    func access(
        for input: UpdateCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:UpdateCodeSigningConfig", on: input.codeSigningConfigArn)]
    }

    func handle(
        _ input: UpdateCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> UpdateCodeSigningConfigResponse {
        let id = try CodeSigning.id(input.codeSigningConfigArn, in: context)
        let updated = try await functions.updateCodeSigning(
            id, account: context.account, region: context.region
        ) { config in
            config.description = input.description ?? config.description
            config.publishers =
                input.allowedPublishers?.signingProfileVersionArns ?? config.publishers
            config.policy =
                input.codeSigningPolicies?.untrustedArtifactOnDeployment ?? config.policy
            config.modified = context.time
        }
        guard let updated else { throw CodeSigning.notFound(input.codeSigningConfigArn) }
        return UpdateCodeSigningConfigResponse(codeSigningConfig: updated.model)
    }
}
