import IAMModel
import ServiceKit
import Wire

/// Sets tags of a provider.
///
/// Source: API_TagOpenIDConnectProvider in the IAM API Reference.
struct TagOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.tagOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: TagOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "TagOpenIDConnectProvider", to: reference, in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            try EntityReference(openIDProvider: input.openIDConnectProviderArn),
            of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
