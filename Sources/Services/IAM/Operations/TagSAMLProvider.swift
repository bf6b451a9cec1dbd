import IAMModel
import ServiceKit
import Wire

/// Sets tags of a provider.
///
/// Source: API_TagSAMLProvider in the IAM API Reference.
struct TagSAMLProvider: OperationHandler {
    static let operation = IAMAPI.tagSAMLProvider
    let store: IAMStore

    func access(
        for input: TagSAMLProviderRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try EntityReference(samlProvider: input.samlProviderArn)
        return try await store.access(
            "TagSAMLProvider", to: reference, in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagSAMLProviderRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            try EntityReference(samlProvider: input.samlProviderArn), of: context.account,
            with: input.tags)
        return EmptyStructure()
    }
}
