import IAMModel
import ServiceKit
import Wire

/// Lists the SAML providers of the account.
///
/// Source: API_ListSAMLProviders in the IAM API Reference.
struct ListSAMLProviders: OperationHandler {
    static let operation = IAMAPI.listSAMLProviders
    let store: IAMStore

    func access(
        for input: ListSAMLProvidersRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:ListSAMLProviders")]
    }

    func handle(
        _ input: ListSAMLProvidersRequest, in context: RequestContext
    ) async throws -> ListSAMLProvidersResponse {
        let providers = try await store.entities(.samlProvider, of: context.account)
        return ListSAMLProvidersResponse(
            samlProviderList: providers.map {
                SAMLProviderListEntry(
                    arn: $0.arn(in: context.partition),
                    validUntil: SAMLMetadata.validity(from: $0.created), createDate: $0.created)
            })
    }
}
