import IAMModel
import ServiceKit
import Wire

/// Lists the account's alias, of which there is one at most.
///
/// Source: API_ListAccountAliases in the IAM API Reference.
struct ListAccountAliases: OperationHandler {
    static let operation = IAMAPI.listAccountAliases
    let store: IAMStore

    func access(
        for input: ListAccountAliasesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:ListAccountAliases")]
    }

    func handle(
        _ input: ListAccountAliasesRequest, in context: RequestContext
    ) async throws -> ListAccountAliasesResponse {
        let alias = try await store.setting(.alias, of: context.account)
        return ListAccountAliasesResponse(
            accountAliases: alias.map { [$0] } ?? [], isTruncated: false)
    }
}
