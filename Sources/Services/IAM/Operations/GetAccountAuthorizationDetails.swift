import IAMModel
import ServiceKit
import Wire

/// Answers every user, group, role and policy with all that belongs to them.
///
/// Source: API_GetAccountAuthorizationDetails in the IAM API Reference.
struct GetAccountAuthorizationDetails: OperationHandler {
    static let operation = IAMAPI.getAccountAuthorizationDetails
    let store: IAMStore

    func access(
        for input: GetAccountAuthorizationDetailsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetAccountAuthorizationDetails")]
    }

    func handle(
        _ input: GetAccountAuthorizationDetailsRequest, in context: RequestContext
    ) async throws -> GetAccountAuthorizationDetailsResponse {
        let report = try await store.read { transaction in
            try AuthorizationDetails(of: context.account, context.partition, in: transaction)
        }
        return try report.page(
            filter: input.filter, marker: input.marker, count: input.maxItems)
    }
}
