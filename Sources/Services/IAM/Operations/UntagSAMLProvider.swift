import IAMModel
import ServiceKit
import Wire

/// Removes tags of a provider.
///
/// Source: API_UntagSAMLProvider in the IAM API Reference.
struct UntagSAMLProvider: OperationHandler {
    static let operation = IAMAPI.untagSAMLProvider
    let store: IAMStore

    func access(
        for input: UntagSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access(
            "UntagSAMLProvider", to: reference, in: context, keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagSAMLProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            try EntityReference(samlProvider: input.samlProviderArn), of: context.account,
            keys: input.tagKeys)
        return EmptyStructure()
    }
}
