import IAMModel
import ServiceKit
import Wire

/// Answers a certificate for servers.
///
/// Source: API_GetServerCertificate in the IAM API Reference.
struct GetServerCertificate: OperationHandler {
    static let operation = IAMAPI.getServerCertificate
    let store: IAMStore

    func access(
        for input: GetServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "GetServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName), in: context)
    }

    func handle(
        _ input: GetServerCertificateRequest, in context: RequestContext
    ) async throws -> GetServerCertificateResponse {
        let (certificate, tags) = try await store.taggedEntity(
            EntityReference(.serverCertificate, input.serverCertificateName), of: context.account)
        return GetServerCertificateResponse(
            serverCertificate: ServerCertificate(
                serverCertificateMetadata: ServerCertificateMetadata(
                    certificate, in: context.partition),
                certificateBody: certificate.document ?? "",
                certificateChain: certificate.detail("chain"), tags: tags))
    }
}
