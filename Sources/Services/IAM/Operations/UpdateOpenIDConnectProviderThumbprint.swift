import IAMModel
import ServiceKit
import Wire

/// Replaces the thumbprints of a provider's certificates.
///
/// Source: API_UpdateOpenIDConnectProviderThumbprint in the IAM API Reference.
struct UpdateOpenIDConnectProviderThumbprint: OperationHandler {
    static let operation = IAMAPI.updateOpenIDConnectProviderThumbprint
    let store: IAMStore

    func access(
        for input: UpdateOpenIDConnectProviderThumbprintRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "UpdateOpenIDConnectProviderThumbprint", to: provider, in: context)
    }

    func handle(
        _ input: UpdateOpenIDConnectProviderThumbprintRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(
            EntityReference(openIDProvider: input.openIDConnectProviderArn), of: context.account
        ) { provider in
            try provider.set(thumbprints: input.thumbprintList)
        }
        return EmptyStructure()
    }
}
