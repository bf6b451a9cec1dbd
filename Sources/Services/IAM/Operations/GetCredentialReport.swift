import IAMModel
import ServiceKit
import Wire

/// Answers the report that was made last.
///
/// Source: API_GetCredentialReport in the IAM API Reference.
struct GetCredentialReport: OperationHandler {
    static let operation = IAMAPI.getCredentialReport
    let store: IAMStore

    func access(
        for input: EmptyStructure, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetCredentialReport")]
    }

    func handle(
        _ input: EmptyStructure, in context: RequestContext
    ) async throws -> GetCredentialReportResponse {
        guard let report = try await store.credentialReport(of: context.account) else {
            throw IAMError.credentialReportNotPresentException(
                "No report exists. Use GenerateCredentialReport to make one.")
        }
        guard report.isFresh(at: context.time) else {
            throw IAMError.credentialReportExpiredException(
                "The most recent credential report has expired. Use GenerateCredentialReport to make one."
            )
        }
        return GetCredentialReportResponse(
            content: Array(report.content.utf8), reportFormat: "text/csv",
            generatedTime: report.created)
    }
}
