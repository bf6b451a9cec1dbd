import IAMModel
import ServiceKit
import Wire

/// Trusts a SAML provider no more.
///
/// Source: API_DeleteSAMLProvider in the IAM API Reference.
struct DeleteSAMLProvider: OperationHandler {
    static let operation = IAMAPI.deleteSAMLProvider
    let store: IAMStore

    func access(
        for input: DeleteSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access("DeleteSAMLProvider", to: provider, in: context)
    }

    func handle(
        _ input: DeleteSAMLProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.delete(
            EntityReference(samlProvider: input.samlProviderArn), of: context.account)
        return EmptyStructure()
    }
}
