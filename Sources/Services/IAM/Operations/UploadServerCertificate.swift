import IAMModel
import Platform
import ServiceKit
import Wire

/// Keeps a certificate for servers.
///
/// Source: API_UploadServerCertificate in the IAM API Reference.
struct UploadServerCertificate: OperationHandler {
    static let operation = IAMAPI.uploadServerCertificate
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: UploadServerCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UploadServerCertificate",
            to: EntityReference(.serverCertificate, input.serverCertificateName), at: input.path,
            in: context)
    }

    func handle(
        _ input: UploadServerCertificateRequest, in context: RequestContext
    ) async throws -> UploadServerCertificateResponse {
        try TagRules.check(input.tags ?? [])
        let text = try CertificateText(input.certificateBody)
        guard input.privateKey.contains("PRIVATE KEY") else {
            throw IAMError.malformedCertificateException(
                "Unable to parse key; it must be an unencrypted PEM-encoded private key.")
        }
        var certificate = Entity(
            EntityReference(.serverCertificate, input.serverCertificateName), in: context,
            path: input.path, randomness)
        certificate.document = input.certificateBody
        certificate.details["chain"] = input.certificateChain.map { .string($0) }
        certificate.details["ends"] = .integer(text.expiration.milliseconds)
        // Nothing of Apus uses the private key, so it is not kept.
        try await store.create(certificate, tags: input.tags ?? [])
        return UploadServerCertificateResponse(
            serverCertificateMetadata: ServerCertificateMetadata(
                certificate, in: context.partition), tags: input.tags)
    }
}
