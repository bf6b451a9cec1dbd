import IAMModel
import ServiceKit
import Wire

/// Removes a certificate for servers.
///
/// Source: API_DeleteServerCertificate in the IAM API Reference.
struct DeleteServerCertificate: OperationHandler {
    static let operation = IAMAPI.deleteServerCertificate
    let store: IAMStore

    func access(
        for input: DeleteServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "DeleteServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName), in: context)
    }

    func handle(
        _ input: DeleteServerCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.delete(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account)
        return EmptyStructure()
    }
}
