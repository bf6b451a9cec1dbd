import IAMModel
import ServiceKit
import Wire

/// Accepts tokens for one more audience.
///
/// Source: API_AddClientIDToOpenIDConnectProvider in the IAM API Reference.
struct AddClientIDToOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.addClientIDToOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: AddClientIDToOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let provider = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "AddClientIDToOpenIDConnectProvider", to: provider, in: context)
    }

    func handle(
        _ input: AddClientIDToOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(
            EntityReference(openIDProvider: input.openIDConnectProviderArn), of: context.account
        ) { provider in
            guard !provider.clients.contains(input.clientID) else { return }
            try provider.set(clients: provider.clients + [input.clientID])
        }
        return EmptyStructure()
    }
}
