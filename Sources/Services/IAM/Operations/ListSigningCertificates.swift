import IAMModel
import ServiceKit
import Wire

/// Lists the certificates of a user, of the caller where none is named.
///
/// Source: API_ListSigningCertificates in the IAM API Reference.
struct ListSigningCertificates: OperationHandler {
    static let operation = IAMAPI.listSigningCertificates
    let store: IAMStore

    func access(
        for input: ListSigningCertificatesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("ListSigningCertificates", to: .user(name), in: context)
    }

    func handle(
        _ input: ListSigningCertificatesRequest, in context: RequestContext
    ) async throws -> ListSigningCertificatesResponse {
        let certificates = try await store.credentials(
            .signingCertificate, of: context.userName(or: input.userName), context.account)
        return ListSigningCertificatesResponse(
            certificates: certificates.map { SigningCertificate($0) }, isTruncated: false)
    }
}
