import IAMModel
import ServiceKit
import Wire

/// Lists the managed policies of a user.
///
/// Source: API_ListAttachedUserPolicies in the IAM API Reference.
struct ListAttachedUserPolicies: OperationHandler {
    static let operation = IAMAPI.listAttachedUserPolicies
    let store: IAMStore

    func access(
        for input: ListAttachedUserPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListAttachedUserPolicies", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: ListAttachedUserPoliciesRequest, in context: RequestContext
    ) async throws -> ListAttachedUserPoliciesResponse {
        let page = try await store.attachedPolicies(
            of: .user(input.userName), of: context.account, under: input.pathPrefix,
            marker: input.marker,
            count: input.maxItems)
        return ListAttachedUserPoliciesResponse(
            attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
