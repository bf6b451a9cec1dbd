import LambdaModel
import Platform
import ServiceKit

/// Says who must have signed functions' code.
///
/// Source: API_CreateCodeSigningConfig.
struct CreateCodeSigningConfig: OperationHandler {
    static let operation = LambdaAPI.createCodeSigningConfig
    let functions: FunctionStore
    let randomness: any Randomness

    func access(
        for input: CreateCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:CreateCodeSigningConfig")]
    }

    func handle(
        _ input: CreateCodeSigningConfigRequest, in context: RequestContext
    ) async throws -> CreateCodeSigningConfigResponse {
        let config = CodeSigning(
            account: context.account, region: context.region,
            id: "csc-" + randomness.string(17, from: .lowercaseHex),
            description: input.description ?? "",
            publishers: input.allowedPublishers.signingProfileVersionArns,
            policy: input.codeSigningPolicies?.untrustedArtifactOnDeployment ?? "Warn",
            modified: context.time)
        try Tags.validate(input.tags ?? [:])
        try await functions.create(config, tags: input.tags ?? [:])
        return CreateCodeSigningConfigResponse(codeSigningConfig: config.model)
    }
}
