import IAMModel
import ServiceKit
import Wire

/// Lists the OpenID Connect providers of the account.
///
/// Source: API_ListOpenIDConnectProviders in the IAM API Reference.
struct ListOpenIDConnectProviders: OperationHandler {
    static let operation = IAMAPI.listOpenIDConnectProviders
    let store: IAMStore

    func access(
        for input: ListOpenIDConnectProvidersRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:ListOpenIDConnectProviders")]
    }

    func handle(
        _ input: ListOpenIDConnectProvidersRequest, in context: RequestContext
    ) async throws -> ListOpenIDConnectProvidersResponse {
        let providers = try await store.entities(.openIDProvider, of: context.account)
        return ListOpenIDConnectProvidersResponse(
            openIDConnectProviderList: providers.map {
                OpenIDConnectProviderListEntry(arn: $0.arn(in: context.partition))
            })
    }
}
