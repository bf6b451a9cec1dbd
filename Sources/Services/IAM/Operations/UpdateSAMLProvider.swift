import IAMModel
import ServiceKit
import Wire

/// Replaces the metadata of a SAML provider.
///
/// Source: API_UpdateSAMLProvider in the IAM API Reference.
struct UpdateSAMLProvider: OperationHandler {
    static let operation = IAMAPI.updateSAMLProvider
    let store: IAMStore

    func access(
        for input: UpdateSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access("UpdateSAMLProvider", to: provider, in: context)
    }

    func handle(
        _ input: UpdateSAMLProviderRequest, in context: RequestContext
    ) async throws -> UpdateSAMLProviderResponse {
        let metadata = try input.samlMetadataDocument.map { try SAMLMetadata.checked($0) }
        let provider = try await store.update(
            EntityReference(samlProvider: input.samlProviderArn), of: context.account
        ) { provider in
            provider.document = metadata ?? provider.document
        }
        return UpdateSAMLProviderResponse(samlProviderArn: provider.arn(in: context.partition))
    }
}
