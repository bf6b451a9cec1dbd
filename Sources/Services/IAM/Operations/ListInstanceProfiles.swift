import IAMModel
import ServiceKit
import Wire

/// Lists the instance profiles of the account.
///
/// Source: API_ListInstanceProfiles in the IAM API Reference.
struct ListInstanceProfiles: OperationHandler {
    static let operation = IAMAPI.listInstanceProfiles
    let store: IAMStore

    func access(
        for input: ListInstanceProfilesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        store.accessToList(
            "ListInstanceProfiles", .instanceProfile, under: input.pathPrefix, in: context)
    }

    func handle(
        _ input: ListInstanceProfilesRequest, in context: RequestContext
    ) async throws -> ListInstanceProfilesResponse {
        let page = try await store.page(
            .instanceProfile, of: context.account, under: input.pathPrefix, marker: input.marker,
            count: input.maxItems)
        return ListInstanceProfilesResponse(
            instanceProfiles: try await store.instanceProfiles(page.items, in: context),
            isTruncated: page.isTruncated, marker: page.marker)
    }
}
