import IAMModel
import ServiceKit
import Wire

/// Accepts tokens for an audience no more.
///
/// Source: API_RemoveClientIDFromOpenIDConnectProvider in the IAM API Reference.
struct RemoveClientIDFromOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.removeClientIDFromOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: RemoveClientIDFromOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "RemoveClientIDFromOpenIDConnectProvider", to: provider, in: context)
    }

    func handle(
        _ input: RemoveClientIDFromOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(
            EntityReference(openIDProvider: input.openIDConnectProviderArn), of: context.account
        ) { provider in
            try provider.set(clients: provider.clients.filter { $0 != input.clientID })
        }
        return EmptyStructure()
    }
}
