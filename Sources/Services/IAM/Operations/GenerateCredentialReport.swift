import IAMModel
import ServiceKit
import Wire

/// Makes the report on all credentials anew, unless there is one of the last four hours.
///
/// Source: API_GenerateCredentialReport in the IAM API Reference.
struct GenerateCredentialReport: OperationHandler {
    static let operation = IAMAPI.generateCredentialReport
    let store: IAMStore

    func access(
        for input: EmptyStructure, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GenerateCredentialReport")]
    }

    func handle(
        _ input: EmptyStructure, in context: RequestContext
    ) async throws -> GenerateCredentialReportResponse {
        if let report = try await store.credentialReport(of: context.account),
            report.isFresh(at: context.time)
        {
            return GenerateCredentialReportResponse(state: "COMPLETE")
        }
        let report = try await store.makeCredentialReport(
            of: context.account, in: context.partition, at: context.time)
        try await store.set(
            .credentialReport, of: context.account, to: report.document.jsonText)
        return GenerateCredentialReportResponse(
            state: "STARTED",
            description: "No report exists. Starting a new report generation task")
    }
}
