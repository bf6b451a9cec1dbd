import IAMModel
import ServiceKit
import Wire

/// Removes tags of a certificate for servers.
///
/// Source: API_UntagServerCertificate in the IAM API Reference.
struct UntagServerCertificate: OperationHandler {
    static let operation = IAMAPI.untagServerCertificate
    let store: IAMStore

    func access(
        for input: UntagServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UntagServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName),
            in: context, keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagServerCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account,
            keys: input.tagKeys)
        return EmptyStructure()
    }
}
