import IAMModel
import ServiceKit
import Wire

/// Lists the managed policies of a role.
///
/// Source: API_ListAttachedRolePolicies in the IAM API Reference.
struct ListAttachedRolePolicies: OperationHandler {
    static let operation = IAMAPI.listAttachedRolePolicies
    let store: IAMStore

    func access(
        for input: ListAttachedRolePoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("ListAttachedRolePolicies", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: ListAttachedRolePoliciesRequest, in context: RequestContext
    ) async throws -> ListAttachedRolePoliciesResponse {
        let page = try await store.attachedPolicies(
            of: .role(input.roleName), of: context.account, under: input.pathPrefix,
            marker: input.marker,
            count: input.maxItems)
        return ListAttachedRolePoliciesResponse(
            attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
    }
}
