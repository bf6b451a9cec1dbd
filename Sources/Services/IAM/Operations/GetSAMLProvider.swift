import IAMModel
import ServiceKit
import Wire

/// Answers the metadata of a SAML provider.
///
/// Source: API_GetSAMLProvider in the IAM API Reference.
struct GetSAMLProvider: OperationHandler {
    static let operation = IAMAPI.getSAMLProvider
    let store: IAMStore

    func access(
        for input: GetSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access("GetSAMLProvider", to: provider, in: context)
    }

    func handle(
        _ input: GetSAMLProviderRequest, in context: RequestContext
    ) async throws -> GetSAMLProviderResponse {
        let (provider, tags) = try await store.taggedEntity(
            EntityReference(samlProvider: input.samlProviderArn), of: context.account)
        return GetSAMLProviderResponse(
            samlProviderUUID: provider.id, samlMetadataDocument: provider.document,
            createDate: provider.created,
            validUntil: SAMLMetadata.validity(from: provider.created), tags: tags)
    }
}
