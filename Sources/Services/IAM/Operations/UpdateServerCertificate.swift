import IAMModel
import ServiceKit
import Wire

/// Gives a certificate for servers another name or path.
///
/// Source: API_UpdateServerCertificate in the IAM API Reference.
struct UpdateServerCertificate: OperationHandler {
    static let operation = IAMAPI.updateServerCertificate
    let store: IAMStore

    func access(
        for input: UpdateServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UpdateServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName), in: context)
    }

    func handle(
        _ input: UpdateServerCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.rename(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account,
            to: input.newServerCertificateName, path: input.newPath)
        return EmptyStructure()
    }
}
