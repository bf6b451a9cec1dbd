import IAMModel
import Platform
import ServiceKit
import Wire

/// Keeps a certificate of a user, of the caller where none is named.
///
/// Source: API_UploadSigningCertificate in the IAM API Reference.
struct UploadSigningCertificate: OperationHandler {
    static let operation = IAMAPI.uploadSigningCertificate
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: UploadSigningCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("UploadSigningCertificate", to: .user(name), in: context)
    }

    func handle(
        _ input: UploadSigningCertificateRequest, in context: RequestContext
    ) async throws -> UploadSigningCertificateResponse {
        let user = try context.userName(or: input.userName)
        let text = try CertificateText(input.certificateBody)
        var certificate = Entity(
            account: context.account,
            reference: EntityReference(
                .signingCertificate, randomness.string(24, from: .base32)),
            created: context.time)
        certificate.document = text.text
        certificate.details = ["user": .string(user), "status": "Active"]
        try await store.add(
            certificate, toUser: user, limit: IAMLimits.certificatesPerUser,
            quota: "CertificatesPerUser")
        return UploadSigningCertificateResponse(certificate: SigningCertificate(certificate))
    }
}
