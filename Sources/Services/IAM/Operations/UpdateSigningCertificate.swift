import IAMModel
import ServiceKit
import Wire

/// Makes a certificate of a user active or inactive.
///
/// Source: API_UpdateSigningCertificate in the IAM API Reference.
struct UpdateSigningCertificate: OperationHandler {
    static let operation = IAMAPI.updateSigningCertificate
    let store: IAMStore

    func access(
        for input: UpdateSigningCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("UpdateSigningCertificate", to: .user(name), in: context)
    }

    func handle(
        _ input: UpdateSigningCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.set(
            status: input.status, of: EntityReference(.signingCertificate, input.certificateId),
            user: context.userName(or: input.userName), context.account)
        return EmptyStructure()
    }
}
