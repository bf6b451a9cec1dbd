import IAMModel
import ServiceKit
import Wire

/// Answers what is trusted of an OpenID Connect provider.
///
/// Source: API_GetOpenIDConnectProvider in the IAM API Reference.
struct GetOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.getOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: GetOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access("GetOpenIDConnectProvider", to: provider, in: context)
    }

    func handle(
        _ input: GetOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> GetOpenIDConnectProviderResponse {
        let (provider, tags) = try await store.taggedEntity(
            EntityReference(openIDProvider: input.openIDConnectProviderArn), of: context.account)
        return GetOpenIDConnectProviderResponse(
            url: provider.name, clientIDList: provider.clients,
            thumbprintList: provider.thumbprints, createDate: provider.created, tags: tags)
    }
}
