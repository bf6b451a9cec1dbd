import IAMModel
import ServiceKit
import Wire

/// Counts what is in the account, and gives the quotas.
///
/// Source: API_GetAccountSummary in the IAM API Reference.
struct GetAccountSummary: OperationHandler {
    static let operation = IAMAPI.getAccountSummary
    let store: IAMStore

    func access(
        for input: EmptyStructure, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetAccountSummary")]
    }

    func handle(
        _ input: EmptyStructure, in context: RequestContext
    ) async throws -> GetAccountSummaryResponse {
        GetAccountSummaryResponse(
            summaryMap: try await store.summary(of: context.account))
    }
}
