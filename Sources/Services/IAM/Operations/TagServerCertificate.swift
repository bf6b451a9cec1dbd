import IAMModel
import ServiceKit
import Wire

/// Sets tags of a certificate for servers.
///
/// Source: API_TagServerCertificate in the IAM API Reference.
struct TagServerCertificate: OperationHandler {
    static let operation = IAMAPI.tagServerCertificate
    let store: IAMStore

    func access(
        for input: TagServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "TagServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName),
            in: context, keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagServerCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account,
            with: input.tags)
        return EmptyStructure()
    }
}
