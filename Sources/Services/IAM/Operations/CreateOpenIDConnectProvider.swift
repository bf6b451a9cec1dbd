import IAMModel
import ServiceKit
import Wire

/// Trusts the tokens of an OpenID Connect provider.
///
/// Source: API_CreateOpenIDConnectProvider in the IAM API Reference.
struct CreateOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.createOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: CreateOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let url = try ProviderURL(input.url)
        return try await store.access(
            "CreateOpenIDConnectProvider", to: EntityReference(.openIDProvider, url.name),
            in: context, keys: TagRules.conditionKeys(setting: input.tags ?? []))
    }

    func handle(
        _ input: CreateOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> CreateOpenIDConnectProviderResponse {
        try TagRules.check(input.tags ?? [])
        let url = try ProviderURL(input.url)
        var provider = Entity(
            account: context.account, reference: EntityReference(.openIDProvider, url.name),
            created: context.time)
        try provider.set(clients: input.clientIDList ?? [])
        try provider.set(thumbprints: input.thumbprintList ?? [])
        do {
            try await store.create(provider, tags: input.tags ?? [])
        } catch let error as AWSError where error.code == "EntityAlreadyExists" {
            throw EntityKind.openIDProvider.existing(input.url)
        }
        return CreateOpenIDConnectProviderResponse(
            openIDConnectProviderArn: provider.arn(in: context.partition), tags: input.tags)
    }
}
