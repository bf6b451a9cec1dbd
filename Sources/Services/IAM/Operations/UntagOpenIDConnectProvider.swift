import IAMModel
import ServiceKit
import Wire

/// Removes tags of a provider.
///
/// Source: API_UntagOpenIDConnectProvider in the IAM API Reference.
struct UntagOpenIDConnectProvider: OperationHandler {
    static let operation = IAMAPI.untagOpenIDConnectProvider
    let store: IAMStore

    func access(
        for input: UntagOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(openIDProvider: input.openIDConnectProviderArn)
        return try await store.access(
            "UntagOpenIDConnectProvider", to: reference, in: context,
            keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagOpenIDConnectProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            try EntityReference(openIDProvider: input.openIDConnectProviderArn),
            of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
