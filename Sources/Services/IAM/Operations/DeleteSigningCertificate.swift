import IAMModel
import ServiceKit
import Wire

/// Removes a certificate of a user.
///
/// Source: API_DeleteSigningCertificate in the IAM API Reference.
struct DeleteSigningCertificate: OperationHandler {
    static let operation = IAMAPI.deleteSigningCertificate
    let store: IAMStore

    func access(
        for input: DeleteSigningCertificateRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("DeleteSigningCertificate", to: .user(name), in: context)
    }

    func handle(
        _ input: DeleteSigningCertificateRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.set(
            status: nil, of: EntityReference(.signingCertificate, input.certificateId),
            user: context.userName(or: input.userName), context.account)
        return EmptyStructure()
    }
}
