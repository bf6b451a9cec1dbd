import IAMModel
import Platform
import ServiceKit
import Wire

/// Trusts the assertions of a SAML provider.
///
/// Source: API_CreateSAMLProvider in the IAM API Reference.
struct CreateSAMLProvider: OperationHandler {
    static let operation = IAMAPI.createSAMLProvider
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: CreateSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "CreateSAMLProvider", to: EntityReference(.samlProvider, input.name), in: context,
            keys: TagRules.conditionKeys(setting: input.tags ?? []))
    }

    func handle(
        _ input: CreateSAMLProviderRequest, in context: RequestContext
    ) async throws -> CreateSAMLProviderResponse {
        try TagRules.check(input.tags ?? [])
        var provider = Entity(
            account: context.account, reference: EntityReference(.samlProvider, input.name),
            created: context.time)
        provider.id = randomness.uuid()
        provider.document = try SAMLMetadata.checked(input.samlMetadataDocument)
        try await store.create(provider, tags: input.tags ?? [])
        return CreateSAMLProviderResponse(
            samlProviderArn: provider.arn(in: context.partition), tags: input.tags)
    }
}
