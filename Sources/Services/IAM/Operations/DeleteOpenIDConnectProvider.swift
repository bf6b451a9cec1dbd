import IAMModel
import ServiceKit
import Wire

/// Trusts an OpenID Connect provider no more; one that is not there is no error.
///
/// Source: API_DeleteOpenIDConnectProvider in the IAM API Reference.
struct DeleteOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.deleteOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: DeleteOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access("DeleteOpenIDConnectProvider", to: provider, in: context)
    }

    func handle(
        _ input: DeleteOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        do {
            try await store.delete(
                EntityReference(openIDProvider: input.openIDConnectProviderArn), of: context.account
            )
        } catch let error as AWSError where error.code == "NoSuchEntity" {
        }
        return EmptyStructure()
    }
}
